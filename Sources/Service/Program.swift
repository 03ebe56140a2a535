/// What this program is.
enum Program {
    /// As CHANGELOG.md counts.
    static let version = "0.2.0"
}
