extension InputValue {
    /// The value as errors show it: like a literal of the language. What is deeper than two levels, longer than ten elements or
    /// longer than a thousand characters is cut short, so that an error is never as large as what it is about.
    var inspected: String { inspected(depth: 0).shortened }

    private func inspected(depth: Int) -> String {
        switch self {
        case .null: return "null"
        case .boolean(let value): return value ? "true" : "false"
        case .integer(let value): return String(value)
        case .float(let value): return value.isFinite && abs(value) < 1e15 && value == value.rounded() ? String(Int64(value)) : "\(value)"
        case .string(let value): return DocumentPrinter.quoted(value.shortened)
        case .enumeration(let value): return value
        case .list(let values):
            if values.isEmpty { return "[]" }
            if depth > 1 { return "[Array]" }
            var items = values.prefix(10).map { $0.inspected(depth: depth + 1) }
            let rest = values.count - items.count
            if rest > 0 { items.append(rest == 1 ? "... 1 more item" : "... \(rest) more items") }
            return "[" + items.joined(separator: ", ") + "]"
        case .object(let object):
            if object.members.isEmpty { return "{}" }
            if depth > 1 { return "[Object]" }
            return "{ " + object.members.map { "\($0.name): \($0.value.inspected(depth: depth + 1))" }.joined(separator: ", ") + " }"
        }
    }
}

extension String {
    /// At most a thousand characters of it.
    var shortened: String {
        guard utf8.count > 1000, let end = index(startIndex, offsetBy: 1000, limitedBy: endIndex), end < endIndex else { return self }
        return self[..<end] + "…"
    }
}
