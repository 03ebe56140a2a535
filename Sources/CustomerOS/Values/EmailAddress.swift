/// An e-mail address as mail programs write it, understood: `Ann <user@x.org>`, `mailto:user@x.org`, `user@x.org.`
///
/// It is an address by RFC 5321 section 4.1.2 without quoted local parts and address literals, which nobody has, and with letters of any
/// script (RFC 6531). Case is kept in the local part and never told apart.
struct EmailAddress: Equatable {
    /// The part before the at sign.
    let local: String
    /// In Unicode, as people read it: `bücher-mail.de`, also where `xn--bcher-mail-9db.de` was given.
    let domain: String

    var text: String { "\(local)@\(domain)" }

    /// - Throws: `ValueRefusal` for several addresses, and for what is none.
    init(_ given: String) throws(ValueRefusal) {
        // What cannot be seen comes along with what is copied from web pages.
        let visible = given.unicodeScalars.filter { !"\u{FEFF}\u{200B}\u{2060}\u{AD}".unicodeScalars.contains($0) }
        let text = NormalForm.composed(String(String.UnicodeScalarView(visible)).trimmingBlanks)
        let address = try Self.single(Self.withoutName(Self.withoutScheme(text)))
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw Self.malformed }
        local = String(parts[0])
        guard Self.isLocal(local) else { throw Self.malformed }
        guard let host = HostName(String(parts[1])), host.labels.count > 1, host.labels.last?.contains(where: \.isLetter) == true,
            !host.ascii.contains("_")
        else { throw Self.malformed }
        // Capitals stay as they were given.
        domain = parts[1].lowercased() == host.unicode ? String(parts[1]) : host.unicode
        guard local.utf8.count + 1 + host.ascii.utf8.count <= 254, self.text.utf8.count <= 254 else {
            throw ValueRefusal(.outOfRange, "must be at most 254 bytes long")
        }
    }

    /// The text by which an address is found: its normal form, or the text itself where it is no address, for what was stored before
    /// addresses were judged.
    static func comparable(_ text: String) -> String {
        (try? EmailAddress(text))?.text ?? NormalForm.composed(text.trimmingBlanks)
    }

    private static let malformed = ValueRefusal(.malformed, "must be an e-mail address, such as ann@example.com")

    /// RFC 6068: `mailto:ann@example.com?subject=…`
    private static func withoutScheme(_ text: String) -> Substring {
        guard text.prefix(7).lowercased() == "mailto:" else { return Substring(text) }
        return text.dropFirst(7).prefix { $0 != "?" }
    }

    /// RFC 5322 section 3.4: what stands in angle brackets at the end, and not in a comment.
    private static func withoutName(_ text: Substring) -> Substring {
        if text.last == ">", let start = text.lastIndex(of: "<") {
            // Another address before the brackets would be lost.
            let name = text[..<start]
            let inner = text[text.index(after: start)...].dropLast()
            return isAddressInside(name) ? text : withoutScheme(String(inner).trimmingBlanks)
        }
        if text.last == ")", let start = text.lastIndex(of: "("), !isAddressInside(text[start...]) {
            return Substring(String(text[..<start]).trimmingBlanks)
        }
        return text
    }

    /// Whether a name has an address in brackets or after a separator: `Ann <a@x.org>, Bob`.
    private static func isAddressInside(_ name: Substring) -> Bool {
        guard let first = name.first, let last = name.last, name.contains("@") else { return false }
        let isQuoted = first == "\"" && String(name).trimmingBlanks.last == "\""
        // People are called by their address: `ann@x.org <ann@x.org>`.
        return !isQuoted && (name.contains { ",;<>|".contains($0) } || last == ")")
    }

    /// Without the dots and separators at its ends.
    private static func single(_ text: Substring) throws(ValueRefusal) -> Substring {
        let parts = text.split { ",;|<>".contains($0) || $0.isWhitespace }.filter { $0.contains("@") }
        if parts.count > 1 || text.count(where: { $0 == "@" }) > 1, parts.allSatisfy({ $0.split(separator: "@").count >= 2 }),
            !parts.isEmpty
        {
            if parts.count > 1 || text.contains("/") { throw ValueRefusal(.several, "must be one e-mail address, and there are several") }
        }
        var address = text
        while let last = address.last, ".,;".contains(last) || last.isWhitespace { address.removeLast() }
        return address
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
