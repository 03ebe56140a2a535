/// A lexical token. Specification section 2.1.6. Offsets are in bytes.
struct Token {
    enum Kind: String {
        case endOfFile = "<EOF>"
        case exclamation = "!"
        case dollar = "$"
        case ampersand = "&"
        case openParenthesis = "("
        case closeParenthesis = ")"
        case spread = "..."
        case colon = ":"
        case equals = "="
        case at = "@"
        case openBracket = "["
        case closeBracket = "]"
        case openBrace = "{"
        case pipe = "|"
        case closeBrace = "}"
        case name = "Name"
        case int = "Int"
        case float = "Float"
        case string = "String"
        case blockString = "BlockString"

        var isPunctuator: Bool {
            switch self {
            case .endOfFile, .name, .int, .float, .string, .blockString: false
            default: true
            }
        }

        /// As errors name it.
        var text: String { isPunctuator ? "\"\(rawValue)\"" : rawValue }
    }

    var kind: Kind
    var start: Int
    var end: Int
}
