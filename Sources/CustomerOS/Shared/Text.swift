extension String {
    /// Without the blanks at both ends.
    var trimmingBlanks: String {
        let blank: (Character) -> Bool = { $0.isWhitespace }
        let start = drop(while: blank)
        guard let end = start.lastIndex(where: { !blank($0) }) else { return "" }
        return String(start[...end])
    }
}

/// The array of PostgreSQL that holds these texts, as text: every element quoted. By scalars, since a quote with a combining mark is one
/// character of Swift's, but still a quote.
func arrayText(_ texts: [String]) -> String {
    var array = "{"
    for (index, text) in texts.enumerated() {
        array += index == 0 ? "\"" : ",\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { array.unicodeScalars.append("\\") }
            array.unicodeScalars.append(scalar)
        }
        array += "\""
    }
    return array + "}"
}
