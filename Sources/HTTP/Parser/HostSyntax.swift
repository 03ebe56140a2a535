internal import CSystem
internal import Glibc

/// The host of a request with its port: `uri-host [ ":" port ]` of RFC 9110 section 7.2.
enum HostSyntax {
    /// Empty is valid: the URI has no host.
    static func isValid(_ text: some BidirectionalCollection<UInt8>) -> Bool {
        let host = text.prefix { $0 != UInt8(ascii: ":") }
        guard text.first == UInt8(ascii: "[") else { return isName(host) && isPort(text[host.endIndex...]) }
        guard let end = text.firstIndex(of: UInt8(ascii: "]")) else { return false }
        return isLiteral(text[text.index(after: text.startIndex)..<end]) && isPort(text[text.index(after: end)...])
    }

    /// Nothing, or a colon and the digits of a port, possibly none.
    private static func isPort(_ text: some Collection<UInt8>) -> Bool {
        guard let first = text.first else { return true }
        guard first == UInt8(ascii: ":") else { return false }
        let digits = text.dropFirst()
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        return digits.isEmpty || UInt16(String(decoding: digits, as: UTF8.self)) != nil
    }

    /// RFC 3986 section 3.2.2, `reg-name`, which covers IPv4 addresses.
    private static func isName(_ text: some Collection<UInt8>) -> Bool {
        var escaped = 0
        for byte in text {
            if escaped > 0 {
                guard byte.hexadecimalValue != nil else { return false }
                escaped -= 1
            } else if byte == UInt8(ascii: "%") {
                escaped = 2
            } else {
                guard byte.isNameByte else { return false }
            }
        }
        return escaped == 0
    }

    /// RFC 3986 section 3.2.2, the inside of the brackets of `IP-literal`.
    private static func isLiteral(_ text: some Collection<UInt8>) -> Bool {
        if text.first == UInt8(ascii: "v") || text.first == UInt8(ascii: "V") {
            let parts = text.dropFirst().split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 && !parts[0].isEmpty && parts[0].allSatisfy { $0.hexadecimalValue != nil } && !parts[1].isEmpty
                && parts[1].allSatisfy { $0 == UInt8(ascii: ":") || $0.isNameByte }
        }
        var address = in6_addr()
        return inet_pton(AF_INET6, String(decoding: text, as: UTF8.self), &address) == 1
    }
}

extension UInt8 {
    /// `unreserved` and `sub-delims` of RFC 3986 section 2.
    fileprivate var isNameByte: Bool {
        switch self {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="): true
        case UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"): false
        default: isTokenByte
        }
    }

    fileprivate var hexadecimalValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }
}
