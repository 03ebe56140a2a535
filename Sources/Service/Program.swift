/// The program's version.
enum Program {
    /// As in CHANGELOG.md.
    static let version = "0.2.0"

    /// When that version was released.
    static let releaseDate = "2026-11-25"

    /// The language version of the compiler that built it.
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
