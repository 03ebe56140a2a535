/// How texts of a column are stored, and so compared with a client's.
package struct TextForm: Sendable {
    /// Whether comparisons ignore case unless the client asks otherwise.
    let ignoresCase: Bool
    /// Whether they are always stored in lower case, so that comparisons that ignore case use them as they are.
    let isSmall: Bool
    /// The stored form of a client's text.
    let compared: @Sendable (_ text: String, Comparison) -> String

    /// - Parameter compared: Normalises a client's text for a comparison.
    package init(
        ignoringCase: Bool = true, isSmall: Bool = false,
        _ compared: @escaping @Sendable (_ text: String, Comparison) -> String = { text, _ in text }
    ) {
        ignoresCase = ignoringCase
        self.isSmall = isSmall
        self.compared = compared
    }

    /// Stored as given.
    package static let plain = TextForm()

    /// Stored as given, and case always matters.
    package static let exact = TextForm(ignoringCase: false)
}
