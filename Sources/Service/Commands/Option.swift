internal import FoundationEssentials
internal import Postgres

/// An option of a command: on the command line, in the environment, and for `serve` in a settings file.
struct Option: Sendable {
    /// What a value may be.
    enum Kind: Sendable {
        case text
        case boolean
        case number(ClosedRange<Int>)
        case word([String])
        /// A file or a folder, which need not exist.
        case file, folder
        /// A file that must exist. The service manager may pass it as a credential.
        case inputFile
        /// A folder that must exist.
        case existingFolder
        /// A text with its own format; the closure says what is wrong, as the end of a sentence that reveals no secret.
        case checked(@Sendable (String) -> String?)
        case checkedSecret(@Sendable (String) -> String?)
        /// Never shown.
        case secret
        /// For libpq; shown without its passwords.
        case connection
    }

    let name: String
    /// The value's placeholder in the help, or nil if the option is a switch.
    let value: String?
    let environment: String?
    let kind: Kind
    /// The default, as text for readers.
    let standard: String?
    let help: String

    init(
        _ name: String, value: String? = nil, environment: String? = nil, _ help: String, kind: Kind = .text,
        default standard: String? = nil
    ) {
        self.name = name
        self.value = value
        self.environment = environment
        self.kind = value == nil ? .boolean : kind
        self.standard = standard
        self.help = help
    }

    /// Every command has it.
    static let helpOption = Option("help", "Show this help")

    /// Every command has it whose output is not text for other programs.
    static let json = Option("json", "Print JSON")

    /// Whether the environment may name a file with the value, by the variable's name with `_FILE`, and the service
    /// manager may pass it as a credential.
    var isSecret: Bool {
        switch kind {
        case .secret, .connection, .checkedSecret: true
        default: false
        }
    }

    /// The value in a form that is safe to show.
    func shown(_ text: String) -> String {
        switch kind {
        case .secret, .checkedSecret: ConnectionText.mask
        case .connection: ConnectionText.masked(text)
        default: text
        }
    }

    /// What is wrong with a value, as the end of a sentence, or nil.
    func problem(with text: String) -> String? {
        switch kind {
        case .text, .secret, .file, .folder: return nil
        case .connection: return ConnectionText.problem(with: text)
        case .checked(let problem), .checkedSecret(let problem): return problem(text)
        case .word(let words): return words.contains(text) ? nil : "must be \(words.joined(separator: " or ")), not \(text)"
        case .boolean: return Self.boolean(text) == nil ? "must be true or false, not \(text)" : nil
        case .number(let range):
            if let number = Int(text), range.contains(number) { return nil }
            return "must be a number from \(range.lowerBound) to \(range.upperBound), not \(text)"
        case .inputFile:
            return FileManager.default.isReadableFile(atPath: text) ? nil : "names \(text), which cannot be read"
        case .existingFolder:
            var isFolder = false
            if FileManager.default.fileExists(atPath: text, isDirectory: &isFolder), isFolder { return nil }
            return "names \(text), which is not a folder. Create it, or name another one"
        }
    }

    static func boolean(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "1", "yes", "on": true
        case "false", "0", "no", "off": false
        default: nil
        }
    }
}
