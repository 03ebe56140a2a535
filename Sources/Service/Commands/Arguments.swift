internal import Foundation

/// Why a command line is none, in a sentence that says what to do.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A command line taken apart, with what the environment and a file of settings add: flags win over the environment, and that over
/// the file.
struct Arguments {
    /// Where a value comes from.
    enum Origin: String {
        case flag, environment, file
    }

    private(set) var positional: [String] = []
    private var values: [String: (text: String, origin: Origin)] = [:]
    private(set) var wantsHelp = false

    /// - Throws: `UsageError` with everything that is wrong: unknown options, missing or impossible values, a file that cannot be read.
    init(_ words: [String], _ options: [Option], environment: [String: String]) throws(UsageError) {
        var problems: [String] = []
        var flags: [String: (text: String, origin: Origin)] = [:]
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
                problems.append(
                    "There is no option --\(parts[0]). " + (known.isEmpty ? "This command has none." : "This command has \(known)."))
                continue
            }
            if option.value == nil {
                if parts.count > 1 { problems.append("The option --\(option.name) takes no value.") }
                flags[option.name] = ("true", .flag)
            } else if parts.count == 2 {
                flags[option.name] = (parts[1], .flag)
            } else if index < words.count {
                flags[option.name] = (words[index], .flag)
                index += 1
            } else {
                problems.append("The option --\(option.name) needs a value.")
            }
        }
        if wantsHelp { return }
        let environment = Self.values(of: environment, options, &problems)
        if options.contains(where: { $0.name == Self.fileOption.name }), let path = (flags["config"] ?? environment["config"])?.text {
            values = Self.values(ofFile: path, options, &problems)
        }
        values.merge(environment) { $1 }
        values.merge(flags) { $1 }
        for option in options {
            guard let (text, origin) = values[option.name], let problem = option.problem(with: text) else { continue }
            problems.append("\(Self.title(option, origin)) \(problem).")
        }
        if !problems.isEmpty { throw UsageError(problems.joined(separator: "\n")) }
    }

    /// For commands that read a file of settings.
    static let fileOption = Option(
        "config", value: "FILE", environment: "CONFIG_FILE", "A file of settings: lines of `name = value`, the names those of these options"
    )

    private static func title(_ option: Option, _ origin: Origin) -> String {
        switch origin {
        case .flag: "--\(option.name)"
        case .environment: option.environment ?? option.name
        case .file: "\(option.name) in the file of settings"
        }
    }

    private static func values(
        of environment: [String: String], _ options: [Option], _ problems: inout [String]
    ) -> [String: (text: String, origin: Origin)] {
        var values: [String: (text: String, origin: Origin)] = [:]
        for option in options {
            guard let name = option.environment else { continue }
            if let value = environment[name], !value.isEmpty {
                values[option.name] = (value, .environment)
            } else if option.isSecret, let path = environment["\(name)_FILE"], !path.isEmpty {
                if let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) {
                    values[option.name] = (text.trimmingCharacters(in: .whitespacesAndNewlines), .environment)
                } else {
                    problems.append("\(name)_FILE names \(path), which cannot be read.")
                }
            }
        }
        return values
    }

    /// Lines of `name = value`; `#` begins a comment, quotes around a value fall away.
    private static func values(
        ofFile path: String, _ options: [Option], _ problems: inout [String]
    ) -> [String: (text: String, origin: Origin)] {
        guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
            problems.append("The file of settings \(path) cannot be read.")
            return [:]
        }
        var values: [String: (text: String, origin: Origin)] = [:]
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard parts.count == 2 else {
                problems.append("\(path), line \(number + 1): write `name = value`.")
                continue
            }
            let name = parts[0].lowercased().replacing("_", with: "-")
            guard let option = options.first(where: { $0.name == name && name != "config" }) else {
                problems.append("\(path), line \(number + 1): there is no setting \(parts[0]).")
                continue
            }
            var value = parts[1]
            if value.count > 1, let quote = value.first, quote == "\"" || quote == "'", value.last == quote {
                value = String(value.dropFirst().dropLast())
            }
            values[option.name] = (value, .file)
        }
        return values
    }

    func text(_ name: String) -> String? { values[name]?.text }

    /// Where a value comes from, or nil when it is the default.
    func origin(_ name: String) -> Origin? { values[name]?.origin }

    /// A switch, or an option of kind `boolean`: true for `true`, `1`, `yes`, `on`.
    func flag(_ name: String) -> Bool? { text(name).flatMap(Option.boolean) }

    /// A number. That it is one within its range was checked when the arguments were read, by the kind of the option.
    func number(_ name: String) -> Int? { text(name).flatMap(Int.init) }
}
