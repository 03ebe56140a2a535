/// A command of the program: its arguments and its action. `CommandLineInterface.commands` lists them; help, man page,
/// completions and docs/command-line.md are generated from that list.
struct Command: Sendable {
    /// `tenant create`
    let name: String
    /// The arguments after the name: `OLD [NEW]`; `[NAME…]` takes any number.
    let operands: String
    let summary: String
    let options: [Option]
    let run: @Sendable (Arguments) throws -> Void

    /// - Parameter isText: Whether the command's output is text for another program, so that it has no `--json`.
    init(
        _ name: String, operands: String = "", _ summary: String, options: [Option] = [], isText: Bool = false,
        run: @escaping @Sendable (Arguments) throws -> Void
    ) {
        self.name = name
        self.operands = operands
        self.summary = summary
        self.options = options + (isText ? [] : [Option.json]) + [Option.helpOption]
        self.run = run
    }

    var words: [String] { name.split(separator: " ").map(String.init) }

    /// Whether it accepts all settings of `serve`.
    var takesSettings: Bool { options.starts(with: ServeSettings.all) { $0.name == $1.name } }

    var usage: String { "customeros-api \(name)\(operands.isEmpty ? "" : " \(operands)") [options]" }

    /// Refuses arguments that the command does not accept.
    func check(_ arguments: Arguments) throws(UsageError) {
        let words = arguments.positional
        if operands.isEmpty {
            guard let word = words.first else { return }
            let deeper = CommandLineInterface.commands.map(\.name).filter { $0.hasPrefix(name + " ") }
            guard deeper.isEmpty else { throw CommandLineInterface.unknown("\(name) \(word)", among: deeper) }
            throw UsageError("This command takes no argument, but there is \(word).")
        }
        let names = operands.split(separator: " ")
        let required = names.count { !$0.hasPrefix("[") }
        guard words.count >= required, words.count <= names.count || operands.hasSuffix("…]") else {
            let wanted = names.count == 1 ? "one argument, \(operands)" : "the arguments \(operands)"
            throw UsageError("This command takes \(wanted)\(words.isEmpty ? "" : "; there are \(words.count)").")
        }
    }

    var help: String {
        var text = "\(summary)\n\nUsage: \(usage)\n\nOptions:\n"
        for option in options {
            let left = "  \(option.usage)"
            text += left + String(repeating: " ", count: max(2, 34 - left.count)) + option.help
            if let standard = option.standard { text += " (default \(standard))" }
            if let variable = option.environment { text += " [\(variable)]" }
            text += "\n"
        }
        return text
    }
}

extension Option {
    /// `--port NUMBER`
    var usage: String { "--\(name)" + (value.map { " \($0)" } ?? "") }
}
