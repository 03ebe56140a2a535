/// Values as error messages show them.
enum ValueText {
    static func of(_ value: InputValue) -> String {
        switch value {
        case .null: "null"
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .float(let number): number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
        case .string(let text): "\"\(text)\""
        case .enumeration(let name): name
        case .list(let values): "[" + values.map(of).joined(separator: ", ") + "]"
        case .object(let object): "{ " + object.members.map { "\($0.name): \(of($0.value))" }.joined(separator: ", ") + " }"
        }
    }

    /// A literal as it would be printed.
    static func of(_ value: Value) -> String {
        switch value {
        case .variable(let name): "$" + name.value
        case .int(let text, _), .float(let text, _): text
        case .string(let literal): quoted(literal.value)
        case .boolean(let flag, _): flag ? "true" : "false"
        case .null: "null"
        case .enumeration(let name): name.value
        case .list(let values, _): "[" + values.map(of).joined(separator: ", ") + "]"
        case .object(let fields, _):
            fields.isEmpty ? "{}" : "{ " + fields.map { "\($0.name.value): \(of($0.value))" }.joined(separator: ", ") + " }"
        }
    }

    /// A string literal: quotes around, escapes inside.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{08}": result += "\\b"
            case "\u{0C}": result += "\\f"
            case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}":
                let code = String(scalar.value, radix: 16, uppercase: true)
                result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
