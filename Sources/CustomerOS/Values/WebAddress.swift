/// What an address of a website, an e-mail address or a bare host says of where it leads.
struct WebAddress {
    let host: HostName
    /// Whether it leads to a place within the host: it has a path, a query or a fragment.
    let leadsDeeper: Bool

    /// Nil when there is no host that a name stands for, as with an IP address of version 6.
    init?(_ text: String) {
        var rest = Substring(text.trimmingBlanks)
        if let scheme = rest.firstRange(of: "://"), Self.isScheme(rest[..<scheme.lowerBound]) {
            rest = rest[scheme.upperBound...]
        } else if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
        }
        // Browsers take a backslash for a slash; to take it for a part of the credentials would lead to another host.
        let authority = rest.prefix { $0 != "/" && $0 != "\\" && $0 != "?" && $0 != "#" }
        leadsDeeper = rest[authority.endIndex...].contains { $0 != "/" && $0 != "\\" && $0 != "?" && $0 != "#" }
        var name = authority
        if let credentials = name.lastIndex(of: "@") { name = name[name.index(after: credentials)...] }
        if let port = name.lastIndex(of: ":") {
            guard name[name.index(after: port)...].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            name = name[..<port]
        }
        guard let host = HostName(String(name)) else { return nil }
        self.host = host
    }

    /// RFC 3986 section 3.1.
    private static func isScheme(_ text: Substring) -> Bool {
        text.first?.isLetter == true
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
                default: false
                }
            }
    }
}
