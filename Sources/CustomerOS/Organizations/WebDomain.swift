internal import CPublicSuffix

/// The domain that a website, an address or a bare host belongs to: what an organization is recognised by.
enum WebDomain {
    /// The registrable domain in lower case and ASCII: the public suffix and one label. Nil when there is none, as for an IP address,
    /// a bare suffix, or a host without a known suffix.
    static func registrable(_ text: String) -> String? {
        guard let list = psl_builtin() else { return nil }
        let given = host(of: text.trimmingBlanks.lowercased())
        // The limit comes first: the encoding of long labels takes quadratic time.
        guard given.utf8.count <= 253 else { return nil }
        let host = given.split(separator: ".", omittingEmptySubsequences: false).map(Punycode.label).joined(separator: ".")
        guard host.contains("."), host.utf8.count <= 253, host.utf8.allSatisfy(isHostByte) else { return nil }
        let kind = PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE
        return host.withCString { start in
            guard let suffix = psl_unregistrable_domain(list, start), psl_is_public_suffix2(list, suffix, Int32(kind)) == 1,
                let domain = psl_registrable_domain(list, start)
            else { return nil }
            return String(cString: domain)
        }
    }

    /// A name made of a domain: `acme-corp.com` is `Acme-Corp`.
    static func name(of domain: String) -> String {
        var name = ""
        var startsWord = true
        for character in Punycode.text(of: String(domain.prefix { $0 != "." })) {
            name += startsWord ? character.uppercased() : String(character)
            startsWord = character == "-" || character == "_"
        }
        return name
    }

    private static func host(of text: String) -> String {
        var rest = Substring(text)
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if let credentials = rest.lastIndex(of: "@") { rest = rest[rest.index(after: credentials)...] }
        rest = rest.prefix { $0 != ":" }
        if rest.hasSuffix(".") { rest = rest.dropLast() }
        return String(rest)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }
}
