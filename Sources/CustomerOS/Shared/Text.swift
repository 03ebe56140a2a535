internal import Postgres
internal import Records

extension String {
    /// Without whitespace at either end.
    var trimmingBlanks: String {
        let blank: (Character) -> Bool = { $0.isWhitespace }
        let start = drop(while: blank)
        guard let end = start.lastIndex(where: { !blank($0) }) else { return "" }
        return String(start[...end])
    }
}

/// These texts as a PostgreSQL array literal.
func arrayText(_ texts: [String]) -> String {
    var array = TextArray(capacity: texts.count)
    for text in texts { array.append(.text(text)) }
    return array.text
}
