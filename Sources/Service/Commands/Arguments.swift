internal import FoundationEssentials

/// Why a command line is invalid, in a sentence that says what to do.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A parsed command line, with values from the environment and a settings file: flags win over the environment, which
/// wins over the file.
struct Arguments {
    /// Where a value comes from.
    enum Origin: String {
        case flag, environment, credential, file
    }

    private(set) var positional: [String] = []
    private var values: [String: (text: String, origin: Origin)] = [:]
    private(set) var wantsHelp = false

    /// - Throws: `UsageError` with everything that is wrong: unknown options, missing or invalid values, an unreadable
    ///   file.
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
                // A lone hyphen is standard input or output.
                if word.hasPrefix("-"), word != "-" { problems.append("There is no option \(word). Options begin with two hyphens.") }
                positional.append(word)
                continue
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let option = options.first(where: { $0.name == parts[0] }) else {
                let suggestion = CommandLineInterface.nearest(to: "--\(parts[0])", among: options.map { "--\($0.name)" })
                problems.append("There is no option --\(parts[0]).\(suggestion)")
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
        let variables = Self.values(of: environment, options, &problems)
        if options.contains(where: { $0.name == Self.fileOption.name }), let path = (flags["config"] ?? variables["config"])?.text {
            values = Self.values(ofFile: path, options, &problems)
        }
        let credentials = Self.credentials(in: environment["CREDENTIALS_DIRECTORY"], options, &problems)
        for option in options where credentials[option.name] != nil && variables[option.name] != nil {
            problems.append("\(option.environment ?? "") and the credential \(option.name) are both given. Keep one of them.")
        }
        values.merge(credentials) { $1 }
        values.merge(variables) { $1 }
        values.merge(flags) { $1 }
        for option in options {
            guard let (text, origin) = values[option.name], option.name != "help", let problem = option.problem(with: text) else {
                continue
            }
            problems.append("\(Self.title(option, origin)) \(problem).")
        }
        if !problems.isEmpty { throw UsageError(problems.joined(separator: "\n")) }
    }

    /// For commands that read a settings file.
    static let fileOption = Option(
        "config", value: "FILE", environment: "CONFIG_FILE",
        "A file of settings: lines of `name = value`, named like these options",
        kind: .file)

    private static func title(_ option: Option, _ origin: Origin) -> String {
        switch origin {
        case .flag: "--\(option.name)"
        case .environment: option.environment ?? option.name
        case .credential: "The credential \(option.name)"
        case .file: "\(option.name) in the file of settings"
        }
    }

    private static func values(
        of environment: [String: String], _ options: [Option], _ problems: inout [String]
    ) -> [String: (text: String, origin: Origin)] {
        var values: [String: (text: String, origin: Origin)] = [:]
        for option in options {
            guard let name = option.environment else { continue }
            let path = option.isSecret ? environment["\(name)_FILE"] ?? "" : ""
            if let value = environment[name], !value.isEmpty {
                if !path.isEmpty { problems.append("\(name) and \(name)_FILE are both given. Keep one of them.") }
                values[option.name] = (value, .environment)
            } else if !path.isEmpty {
                if let text = secret(path, "\(name)_FILE", &problems) { values[option.name] = (text, .environment) }
            }
        }
        return values
    }

    /// Credentials from the service manager: files named after the options (systemd.exec(5), "CREDENTIALS").
    private static func credentials(
        in folder: String?, _ options: [Option], _ problems: inout [String]
    ) -> [String: (text: String, origin: Origin)] {
        guard let folder, !folder.isEmpty else { return [:] }
        var values: [String: (text: String, origin: Origin)] = [:]
        for option in options {
            let path = "\(folder)/\(option.name)"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            if case .inputFile = option.kind {
                values[option.name] = (path, .credential)
            } else if option.isSecret, let text = secret(path, "The credential", &problems) {
                values[option.name] = (text, .credential)
            }
        }
        return values
    }

    /// The text of a file, trimmed.
    private static func secret(_ path: String, _ source: String, _ problems: inout [String]) -> String? {
        guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
            problems.append("\(source) names \(path), which cannot be read.")
            return nil
        }
        let secret = text.trimmed(where: \.isWhitespace)
        if secret.isEmpty { problems.append("\(source) names \(path), which is empty.") }
        return secret.isEmpty ? nil : secret
    }

    /// Lines of `name = value`; `#` starts a comment, quotes around a value are removed.
    private static func values(
        ofFile path: String, _ options: [Option], _ problems: inout [String]
    ) -> [String: (text: String, origin: Origin)] {
        guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
            problems.append("The file of settings \(path) cannot be read.")
            return [:]
        }
        var values: [String: (text: String, origin: Origin)] = [:]
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmed(where: \.isWhitespace)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                $0.trimmed(where: \.isWhitespace)
            }
            guard parts.count == 2 else {
                problems.append("\(path), line \(number + 1): write `name = value`.")
                continue
            }
            let name = parts[0].lowercased().replacing("_", with: "-")
            guard let option = options.first(where: { $0.name == name && !["config", "json", "help"].contains(name) }) else {
                problems.append(
                    "\(path), line \(number + 1): there is no setting \(parts[0]).\(CommandLineInterface.nearest(to: name, among: options.map(\.name)))"
                )
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

    /// Where a value comes from, or nil if it is the default.
    func origin(_ name: String) -> Origin? { values[name]?.origin }

    /// A switch, or an option of kind `boolean`: true for `true`, `1`, `yes`, `on`.
    func flag(_ name: String) -> Bool? { text(name).flatMap(Option.boolean) }

    /// A number. The option's kind has already checked that it is one and in range.
    func number(_ name: String) -> Int? { text(name).flatMap(Int.init) }
}
