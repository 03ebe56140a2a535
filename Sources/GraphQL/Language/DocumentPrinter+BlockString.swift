extension DocumentPrinter {
    /// A block string with the given value. Specification section 2.9.4.
    static func block(_ value: String) -> String {
        let escaped = String(decoding: Array(value.utf8).escapingTripleQuotes, as: UTF8.self)
        let lines = escaped.utf8.split(omittingEmptySubsequences: false) { $0 == 0x0A || $0 == 0x0D }
        func isIndented(_ line: Substring.UTF8View) -> Bool { line.first == 0x20 || line.first == 0x09 }
        let isSingleLine = lines.count == 1
        let leadingNewline = !isSingleLine && lines.dropFirst().allSatisfy { $0.isEmpty || isIndented($0) }
        let endsInQuotes = escaped.hasSuffix("\\\"\"\"")
        let trailingNewline = (value.hasSuffix("\"") && !endsInQuotes) || value.hasSuffix("\\")
        let isMultiline = !isSingleLine || value.utf16.count > 70 || trailingNewline || leadingNewline || endsInQuotes
        let isLeadingSkipped = isSingleLine && (lines.first.map(isIndented) ?? false)
        let start = (isMultiline && !isLeadingSkipped) || leadingNewline ? "\n" : ""
        return "\"\"\"" + start + escaped + (isMultiline || trailingNewline ? "\n" : "") + "\"\"\""
    }
}

extension [UInt8] {
    /// By bytes: a combining character after a quotation mark would form another character with it.
    fileprivate var escapingTripleQuotes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count)
        var index = 0
        while index < count {
            if self[index] == 0x22, index + 2 < count, self[index + 1] == 0x22, self[index + 2] == 0x22 {
                result += [0x5C, 0x22, 0x22, 0x22]
                index += 3
            } else {
                result.append(self[index])
                index += 1
            }
        }
        return result
    }
}
