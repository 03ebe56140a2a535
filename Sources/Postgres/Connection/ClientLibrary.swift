internal import CLibPQ

/// libpq, which speaks with the servers.
public enum ClientLibrary {
    /// `15.12`
    public static var version: String {
        let number = Int(PQlibVersion())
        return "\(number / 10_000).\(number % 10_000)"
    }
}
