/// What an address of a website, an e-mail address or a bare host says of where it leads.
struct WebAddress {
    let host: HostName
    /// Whether it leads to a place within the host: it has a path, a query or a fragment.
    let leadsDeeper: Bool
    /// Whether credentials stand before the host, or the name of a mailbox.
    let hasCredentials: Bool
    let hasPort: Bool

    /// Nil when there is no host that a name stands for, as with an IP address of version 6, and for other schemes than those of the web.
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

    /// RFC 3986 section 3.2. Browsers take a backslash for a slash; to take it for a part of the credentials would lead to another host.
    private static func endsAuthority(_ character: Character) -> Bool { "/\\?#".contains(character) }
}
