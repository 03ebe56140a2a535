internal import Glibc

/// `man` and `completions`: the table of commands in other forms.
enum ManualCommands {
    static let all = [
        Command(
            "man", "Print the man page: customeros-api man | man -l -",
            options: [Option("markdown", "The same for readers of docs/command-line.md")], isText: true
        ) { arguments in
            CommandLineInterface.write(arguments.flag("markdown") == true ? CommandReference.markdown : ManPage.text, to: STDOUT_FILENO)
        },
        Command("completions", operands: "SHELL", "Print a script of completions for bash, zsh or fish.", isText: true) { arguments in
            let word = try DatabaseCommands.operand(arguments, "SHELL")
            guard let shell = Completions.Shell(rawValue: word) else {
                throw UsageError("There are no completions for \(word): there are some for bash, zsh and fish.")
            }
            CommandLineInterface.write(Completions.script(for: shell), to: STDOUT_FILENO)
        },
    ]
}
