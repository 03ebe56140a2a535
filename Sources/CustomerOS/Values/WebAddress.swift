/// Where a website's address, an e-mail address or a bare host leads.
struct WebAddress {
    let host: HostName
    /// Whether it leads to a place within the host: it has a path, a query or a fragment.
    let leadsDeeper: Bool
    /// Whether credentials or a mailbox name precede the host.
    let hasCredentials: Bool
    let hasPort: Bool

    /// Nil without a host name, such as for IPv6 addresses, and for schemes other than the web's.
    init?(_ text: String) {
        var rest = Substring(text.trimmingBlanks)
        if let scheme = rest.firstRange(of: "://"), !rest[..<scheme.lowerBound].contains(where: Self.endsAuthority) {
            guard ["http", "https"].contains(rest[..<scheme.lowerBound].lowercased()) else { return nil }
            rest = rest[scheme.upperBound...]
        } else if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
        }
        let authority = rest.prefix { !Self.endsAuthority($0) }
        leadsDeeper = !rest[authority.endIndex...].allSatisfy(Self.endsAuthority)
        hasCredentials = authority.contains("@")
        var name = authority
        if let credentials = name.lastIndex(of: "@") { name = name[name.index(after: credentials)...] }
        let port = name.lastIndex(of: ":")
        hasPort = port != nil
        if let port {
            guard name[name.index(after: port)...].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            name = name[..<port]
        }
        guard let host = HostName(String(name)) else { return nil }
        self.host = host
    }

    /// RFC 3986 section 3.2. Browsers treat a backslash as a slash; reading it as part of the credentials would lead to
    /// another host.
    private static func endsAuthority(_ character: Character) -> Bool { "/\\?#".contains(character) }
}
