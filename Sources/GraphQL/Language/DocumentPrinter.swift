/// Prints parts of documents as canonical text.
public enum DocumentPrinter {
    /// A string literal with its escapes. Specification section 2.9.4.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{8}": result += "\\b"
            case "\u{C}": result += "\\f"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// A value on one line.
    public static func text(_ value: Value) -> String {
        switch value {
        case .variable(let name): "$" + name.value
        case .int(let digits, _), .float(let digits, _): digits
        case .string(let literal): literal.isBlock ? block(literal.value) : quoted(literal.value)
        case .boolean(let value, _): value ? "true" : "false"
        case .null: "null"
        case .enumeration(let name): name.value
        case .list(let values, _): "[" + values.map(text).joined(separator: ", ") + "]"
        case .object(let fields, _):
            fields.isEmpty ? "{}" : "{ " + fields.map { "\($0.name.value): \(text($0.value))" }.joined(separator: ", ") + " }"
        }
    }

    public static func text(_ type: TypeNode) -> String {
        switch type {
        case .named(let name): name.value
        case .list(let element, _): "[\(text(element))]"
        case .nonNull(let type): text(type) + "!"
        }
    }
}
