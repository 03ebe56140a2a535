extension InputValue {
    /// The value as errors show it: a literal of the language.
    var literalText: String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .float(let value): value.isFinite && abs(value) < 1e15 && value == value.rounded() ? String(Int64(value)) : "\(value)"
        case .string(let value): DocumentPrinter.quoted(value)
        case .enumeration(let value): value
        case .list(let values): "[" + values.map(\.literalText).joined(separator: ", ") + "]"
        case .object(let object):
            "{ " + object.members.map { "\($0.name): \($0.value.literalText)" }.joined(separator: ", ") + " }"
        }
    }
}
