/// Who can reach an address the server listens on.
enum NetworkExposure {
    /// Whether other machines can.
    static func isOpen(host: String) -> Bool {
        if host == "localhost" || host == "::1" { return false }
        return !host.hasPrefix("127.") || !host.allSatisfy { $0 == "." || ($0.isASCII && $0.isNumber) }
    }

    /// The warning for operators who expose it without TLS.
    static func plainText(host: String) -> String {
        """
        The server speaks plain HTTP on \(host): keys and data cross the network readable, unless a proxy in front of it speaks HTTPS. \
        Give it a certificate with --tls-certificate and --tls-key.
        """
    }
}
