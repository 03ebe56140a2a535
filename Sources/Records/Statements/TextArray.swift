package import Postgres

/// The text of a one-dimensional PostgreSQL array, built element by element.
package struct TextArray {
    private var elements = "{"
    private var isEmpty = true

    /// - Parameter capacity: The expected number of elements.
    package init(capacity: Int = 0) { elements.reserveCapacity(capacity * 40 + 2) }

    package var text: String { elements + "}" }

    package mutating func append(_ element: Parameter) {
        if !isEmpty { elements += "," }
        isEmpty = false
        switch element {
        case .null: elements += "NULL"
        case .text(let text): quote(text)
        }
    }

    /// By scalars, since a quote with a combining mark is one Swift character, but still a quote.
    private mutating func quote(_ text: String) {
        elements += "\""
        defer { elements += "\"" }
        // Most texts have neither character.
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) else {
            elements += text
            return
        }
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { elements.unicodeScalars.append("\\") }
            elements.unicodeScalars.append(scalar)
        }
    }
}
