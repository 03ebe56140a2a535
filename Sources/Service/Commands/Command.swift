internal import Glibc

/// A command of the program.
struct Command: Sendable {
    /// `tenant create`
    let name: String
    /// The arguments after the name: `NAME`.
    let operands: String
    let summary: String
    let options: [Option]
    let run: @Sendable (Arguments) throws -> Void

    init(
        _ name: String, operands: String = "", _ summary: String, options: [Option] = [],
        run: @escaping @Sendable (Arguments) throws -> Void
    ) {
        self.name = name
        self.operands = operands
        self.summary = summary
        self.options = options
        self.run = run
    }

    var help: String {
        var text = "\(summary)\n\nUsage: customeros-api \(name)"
        if !operands.isEmpty { text += " \(operands)" }
        if !options.isEmpty { text += " [options]" }
        text += "\n"
        if !options.isEmpty {
            text += "\nOptions:\n"
            for option in options {
                let left = "  --\(option.name)" + (option.value.map { " \($0)" } ?? "")
                text += left + String(repeating: " ", count: max(2, 34 - left.count)) + option.help
                if let standard = option.standard { text += " (default \(standard))" }
                if let variable = option.environment { text += " [\(variable)]" }
                text += "\n"
            }
        }
        return text
    }
}

/// The program's command line.
public enum CommandLineInterface {
    /// Statuses that a command ends with (sysexits.h).
    enum ExitStatus {
        static let success: Int32 = 0
        static let failure: Int32 = 1
        static let usage: Int32 = 64
    }

    static let commands: [Command] =
        [ServeCommand.command] + DatabaseCommands.all + TenancyCommands.all + [SeedCommand.command] + TransferCommands.all + JobCommands.all
        + ConfigCommands.all
        + SchemaCommands.all + [
            ValidateCommand.command, ProbeCommand.command,
        ]

    /// Runs what the words say, without the program's own name, and gives the exit status.
    public static func run(_ words: [String], environment: [String: String]) -> Int32 {
        guard let first = words.first, first != "--help", first != "-h", first != "help" else {
            write(overview, to: STDOUT_FILENO)
            return words.isEmpty ? ExitStatus.usage : ExitStatus.success
        }
        guard let command = commands.filter({ words.starts(with: $0.words) }).max(by: { $0.words.count < $1.words.count }) else {
            let group = commands.filter { $0.words.first == first }
            if !group.isEmpty, words.dropFirst().allSatisfy({ $0 == "--help" || $0 == "-h" }) {
                write(list(group), to: STDOUT_FILENO)
                return words.count > 1 ? ExitStatus.success : ExitStatus.usage
            }
            write(
                "There is no command \(words.prefix(2).joined(separator: " ")). `customeros-api --help` lists what there is.\n",
                to: STDERR_FILENO)
            return ExitStatus.usage
        }
        do {
            let arguments = try Arguments(Array(words.dropFirst(command.words.count)), command.options, environment: environment)
            if arguments.wantsHelp {
                write(command.help, to: STDOUT_FILENO)
            } else {
                try command.run(arguments)
            }
            return ExitStatus.success
        } catch let error as UsageError {
            write("\(error)\n`customeros-api \(command.name) --help` says more.\n", to: STDERR_FILENO)
            return ExitStatus.usage
        } catch {
            write("\(error)\n", to: STDERR_FILENO)
            return ExitStatus.failure
        }
    }

    private static var overview: String {
        "The CustomerOS API on PostgreSQL.\n\nUsage: customeros-api COMMAND [options]\n\n" + list(commands)
            + "\n`customeros-api COMMAND --help` explains a command.\n"
    }

    private static func list(_ commands: [Command]) -> String {
        "Commands:\n"
            + commands.map { "  \($0.name)" + String(repeating: " ", count: max(2, 18 - $0.name.count)) + $0.summary + "\n" }.joined()
    }

    /// Writes a whole text.
    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return }
            bytes = bytes.dropFirst(max(0, count))
        }
    }
}

extension Command {
    var words: [String] { name.split(separator: " ").map(String.init) }
}
