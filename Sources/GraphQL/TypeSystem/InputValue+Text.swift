extension InputValue {
    /// The value as errors show it: like a GraphQL literal. Anything beyond two levels, ten elements or a thousand
    /// characters is truncated, so that an error is never as large as its subject.
    var inspected: String {
        var text = ""
        write(into: &text, depth: 0)
        return text.shortened
    }

    /// Stops once there is more than will be shown.
    private func write(into text: inout String, depth: Int) {
        switch self {
        case .null: text += "null"
        case .boolean(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .largeInteger(let digits): text += digits.shortened
        case .float(let value):
            text += value.isFinite && abs(value) < 1e15 && value == value.rounded() ? String(Int64(value)) : "\(value)"
        case .string(let value): text += DocumentPrinter.quoted(value.shortened)
        case .enumeration(let value): text += value
        case .list(let values):
            if values.isEmpty { return text += "[]" }
            if depth > 1 { return text += "[Array]" }
            text += "["
            for (index, value) in values.prefix(10).enumerated() where text.utf8.count <= String.shownLength {
                if index > 0 { text += ", " }
                value.write(into: &text, depth: depth + 1)
            }
            if values.count > 10 { text += values.count == 11 ? ", ... 1 more item" : ", ... \(values.count - 10) more items" }
            text += "]"
        case .object(let object):
            if object.members.isEmpty { return text += "{}" }
            if depth > 1 { return text += "[Object]" }
            text += "{ "
            for (index, member) in object.members.enumerated() {
                if text.utf8.count > String.shownLength { break }
                if index > 0 { text += ", " }
                text += "\(member.name.shortened): "
                member.value.write(into: &text, depth: depth + 1)
            }
            text += " }"
        }
    }
}

extension String {
    /// How many characters of a text errors show.
    static let shownLength = 1000

    /// Truncated to `shownLength` characters.
    var shortened: String {
        guard utf8.count > Self.shownLength, let end = index(startIndex, offsetBy: Self.shownLength, limitedBy: endIndex), end < endIndex
        else { return self }
        return self[..<end] + "…"
    }
}
