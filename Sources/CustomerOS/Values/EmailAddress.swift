internal import Records

/// A parsed e-mail address, in the forms mail programs write: `Ann <user@x.org>`, `mailto:user@x.org`, `user@x.org.`
///
/// An address by RFC 5321 section 4.1.2 without quoted local parts and address literals, which are not used in
/// practice, and with letters of any script (RFC 6531). Case is preserved in the local part but does not matter.
struct EmailAddress: Equatable {
    /// The part before the at sign.
    let local: String
    /// In Unicode, as people read it: `bücher-mail.de`, even if given as `xn--bcher-mail-9db.de`.
    let domain: String

    var text: String { "\(local)@\(domain)" }

    /// - Throws: `ValueRefusal` for several addresses, and for what is not one.
    init(_ given: String) throws(ValueRefusal) {
        let address = try Self.single(Self.withoutName(Self.withoutScheme(Self.visible(given))))
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw Self.malformed }
        local = String(parts[0])
        guard Self.isLocal(local) else { throw Self.malformed }
        guard let host = HostName(String(parts[1])), host.labels.count > 1, host.labels.last?.contains(where: \.isLetter) == true,
            !host.ascii.contains("_")
        else { throw Self.malformed }
        // Case stays as given.
        domain = parts[1].lowercased() == host.unicode ? String(parts[1]) : host.unicode
        guard local.utf8.count + 1 + host.ascii.utf8.count <= 254, self.text.utf8.count <= 254 else {
            throw ValueRefusal(.outOfRange, "must be at most 254 bytes long")
        }
    }

    /// The text by which an address is found: its normal form, or the text itself if it is not an address, for rows
    /// stored before addresses were validated.
    static func comparable(_ text: String) -> String {
        (try? EmailAddress(text))?.text ?? NormalForm.composed(text.trimmingBlanks)
    }

    /// The text to compare stored addresses with. Part of an address is not an address: only a host name in it is
    /// normalised.
    static func compared(_ text: String, _ comparison: Comparison) -> String {
        switch comparison {
        case .equal, .among: return comparable(text)
        default:
            let text = NormalForm.composed(text)
            let start = text.lastIndex(of: "@").map(text.index(after:)) ?? text.startIndex
            guard text[start...].lowercased().contains("xn--"), let host = HostName(String(text[start...])) else { return text }
            return text[..<start] + host.unicode
        }
    }

    private static let malformed = ValueRefusal(.malformed, "must be an e-mail address, such as ann@example.com")

    /// Invisible characters come with text copied from web pages.
    private static func visible(_ text: String) -> Substring {
        let scalars = text.unicodeScalars.filter { !"\u{FEFF}\u{200B}\u{2060}\u{AD}".unicodeScalars.contains($0) }
        return Substring(NormalForm.composed(String(String.UnicodeScalarView(scalars)).trimmingBlanks))
    }

    /// RFC 6068: `mailto:ann%2Bnews@example.com?subject=…`
    private static func withoutScheme(_ text: Substring) -> Substring {
        guard text.prefix(7).lowercased() == "mailto:" else { return text }
        // Slashes are not part of it, but some write them anyway.
        let address = text.dropFirst(7).drop { $0 == "/" }
        return visible(String(address.prefix { $0 != "?" }).removingPercentEncoding())
    }

    /// RFC 5322 section 3.4: the angle brackets at the end, not in a comment.
    /// - Throws: `ValueRefusal` if another address would be lost with the name.
    private static func withoutName(_ given: Substring) throws(ValueRefusal) -> Substring {
        let text = withoutSeparators(given)
        if text.last == ">", let start = text.lastIndex(of: "<") {
            let inner = withoutScheme(visible(String(text[text.index(after: start)...].dropLast())))
            try check(text[..<start], of: inner)
            return inner
        }
        if text.last == ")", let start = text.lastIndex(of: "(") {
            let outer = visible(String(text[..<start]))
            try check(text[start...], of: outer)
            return outer
        }
        return text
    }

    /// A name may be the same address, `ann@x.org <ann@x.org>`, but not another one.
    private static func check(_ name: Substring, of address: Substring) throws(ValueRefusal) {
        guard name.contains("@") else { return }
        for word in name.split(whereSeparator: { ",;:|<>()[]\"".contains($0) || $0.isWhitespace }) where word.contains("@") {
            let quoted = word.count > 2 && word.first == "'" && word.last == "'"
            guard let other = try? EmailAddress(String(quoted ? word.dropFirst().dropLast() : word)) else { continue }
            let isSame = (try? EmailAddress(String(address))).map { NormalForm.folded($0.text) == NormalForm.folded(other.text) }
            guard isSame == true else { throw several }
        }
    }

    private static let several = ValueRefusal(.several, "must be one e-mail address, and there are several")

    /// Without the dots and separators at its ends.
    private static func single(_ text: Substring) throws(ValueRefusal) -> Substring {
        let parts = text.split { ",;|<>".contains($0) || $0.isWhitespace }.filter { $0.contains("@") }
        if parts.count > 1 || text.count(where: { $0 == "@" }) > 1, parts.allSatisfy({ $0.split(separator: "@").count >= 2 }),
            !parts.isEmpty
        {
            if parts.count > 1 || text.contains("/") { throw several }
        }
        return withoutSeparators(text)
    }

    private static func withoutSeparators(_ text: Substring) -> Substring {
        var text = text
        while let last = text.last, ".,;".contains(last) || last.isWhitespace { text.removeLast() }
        return text
    }

    private static func isLocal(_ local: String) -> Bool {
        (1...64).contains(local.utf8.count) && !local.hasPrefix(".") && !local.hasSuffix(".") && !local.contains("..")
            && local.unicodeScalars.allSatisfy(isAtomScalar)
    }

    private static func isAtomScalar(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "!#$%&'*+-/=?^_`{|}~.".unicodeScalars.contains(scalar)
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark,
            .decimalNumber,
            .letterNumber, .otherNumber, .otherSymbol:
            return true
        default: return false
        }
    }
}
