/// The address of a profile on a social network, and the key that all of its forms share.
struct SocialURL {
    /// As it was given, with a scheme.
    let url: String
    /// `linkedin.com/in/jane-doe`: what profiles are matched by.
    let key: String
    /// The last part of a LinkedIn path, else empty.
    let alias: String

    init(_ text: String) {
        let lowered = text.lowercased()
        if lowered.hasPrefix("http://") || lowered.hasPrefix("https://") {
            url = text
        } else if lowered.hasPrefix("linkedin.com") {
            url = "https://www." + text
        } else {
            url = "https://" + text
        }
        var rest = Substring(url)
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { $0 != "?" && $0 != "#" }
        var path = rest.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let host = Self.plainHost(path.isEmpty ? "" : path.removeFirst().lowercased())
        guard host == "linkedin.com", path.count >= 2 else {
            key = ([host] + path).joined(separator: "/")
            alias = ""
            return
        }
        let kind = path[0].lowercased()
        let isLead = kind == "sales" && path[1].lowercased() == "lead" && path.count >= 3
        let name = (isLead ? path[2].prefix { $0 != "," }.description : path[1]).removingPercentEncodingOrSame
        let section: String
        switch kind {
        case "in", "pub", "sales": section = "in"
        case "company", "school", "showcase": section = "company"
        default: section = kind
        }
        key = "linkedin.com/\(section)/\(name.lowercased())"
        alias = name
    }

    /// Without `www.`, `m.` and, for LinkedIn, a country's two letters.
    private static func plainHost(_ host: String) -> String {
        var host = host
        for prefix in ["www.", "m."] where host.hasPrefix(prefix) { host.removeFirst(prefix.count) }
        if host.hasSuffix(".linkedin.com"), host.utf8.count == "xx.linkedin.com".utf8.count { return "linkedin.com" }
        return host
    }
}

extension String {
    /// Percent-decoded (RFC 3986 section 2.1), or as it is when what the escapes say is no UTF-8.
    fileprivate var removingPercentEncodingOrSame: String {
        var bytes: [UInt8] = []
        var rest = Substring(self).utf8
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? self
    }
}
