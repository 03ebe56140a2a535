internal import CustomerOS

/// The program's version.
enum Program {
    static let version = Release.version
    static let releaseDate = Release.date

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
