extension String {
    /// Without whitespace at either end.
    var trimmingBlanks: String {
        let blank: (Character) -> Bool = { $0.isWhitespace }
        let start = drop(while: blank)
        guard let end = start.lastIndex(where: { !blank($0) }) else { return "" }
        return String(start[...end])
    }
}

/// These texts as a PostgreSQL array literal, every element quoted. By scalars, since a quote with a combining mark is
/// one Swift character, but still a quote.
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
