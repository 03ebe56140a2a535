/// An option of a command, on the command line or in the environment.
struct Option: Sendable {
    let name: String
    /// What stands for the value in the help, or nil when the option is a switch.
    let value: String?
    let environment: String?
    let help: String

    init(_ name: String, value: String? = nil, environment: String? = nil, _ help: String) {
        self.name = name
        self.value = value
        self.environment = environment
        self.help = help
    }
}

/// Why a command line is none, in a sentence that says what to do.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A command line taken apart: flags win over the environment.
struct Arguments {
    private(set) var positional: [String] = []
    private var values: [String: String] = [:]
    private(set) var wantsHelp = false

    /// - Throws: `UsageError` for what is no option of the command, or lacks its value.
    init(_ words: [String], _ options: [Option], environment: [String: String]) throws(UsageError) {
        for option in options {
            guard let name = option.environment, let value = environment[name], !value.isEmpty else { continue }
            values[option.name] = value
        }
        var index = 0
        while index < words.count {
            let word = words[index]
            index += 1
            if word == "--help" || word == "-h" {
                wantsHelp = true
                continue
            }
            guard word.hasPrefix("--") else {
                positional.append(word)
                continue
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let option = options.first(where: { $0.name == parts[0] }) else {
                let known = options.map { "--\($0.name)" }.joined(separator: ", ")
                throw UsageError(
                    "There is no option --\(parts[0]). " + (known.isEmpty ? "This command has none." : "This command has \(known)."))
            }
            if option.value == nil {
                guard parts.count == 1 else { throw UsageError("The option --\(option.name) takes no value.") }
                values[option.name] = "true"
            } else if parts.count == 2 {
                values[option.name] = parts[1]
            } else if index < words.count {
                values[option.name] = words[index]
                index += 1
            } else {
                throw UsageError("The option --\(option.name) needs a value.")
            }
        }
    }

    func text(_ name: String) -> String? { values[name] }

    /// A switch: true for `true`, `1`, `yes`, `on`.
    func flag(_ name: String) throws(UsageError) -> Bool? {
        switch values[name]?.lowercased() {
        case nil: return nil
        case "true", "1", "yes", "on": return true
        case "false", "0", "no", "off": return false
        default: throw UsageError("\(name) must be true or false.")
        }
    }

    func number(_ name: String, _ range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = values[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw UsageError("\(name) must be a number from \(range.lowerBound) to \(range.upperBound), not \(text).")
        }
        return number
    }
}
