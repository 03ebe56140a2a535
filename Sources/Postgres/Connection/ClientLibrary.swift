internal import CLibPQ

/// libpq, the client library.
public enum ClientLibrary {
    /// `15.12`
    public static var version: String {
        let number = Int(PQlibVersion())
        return "\(number / 10_000).\(number % 10_000)"
    }
}
