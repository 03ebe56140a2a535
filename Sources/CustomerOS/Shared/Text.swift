extension String {
    /// Without the blanks at both ends.
    var trimmingBlanks: String {
        let blank: (Character) -> Bool = { $0.isWhitespace }
        let start = drop(while: blank)
        guard let end = start.lastIndex(where: { !blank($0) }) else { return "" }
        return String(start[...end])
    }
}

/// The array of PostgreSQL that holds these texts, as text: every element quoted.
func arrayText(_ texts: [String]) -> String {
    let elements = texts.map { text in
        "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
    }
    return "{" + elements.joined(separator: ",") + "}"
}
