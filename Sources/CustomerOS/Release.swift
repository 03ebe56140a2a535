/// Which release of the program this is. Set by scripts/release.
public enum Release {
    /// As CHANGELOG.md counts.
    public static let version = "0.2.0"

    /// When that version was made.
    public static let date = "2026-11-25"
}
