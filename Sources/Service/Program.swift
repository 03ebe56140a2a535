/// What this program is.
enum Program {
    /// As CHANGELOG.md counts.
    static let version = "0.2.0"

    /// When that version was made.
    static let releaseDate = "2026-11-25"

    /// Of the compiler that made it: its language's version.
    static var compilerVersion: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }
}
