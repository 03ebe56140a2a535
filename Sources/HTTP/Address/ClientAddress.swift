/// Finds the client's address behind proxies.
///
/// A proxy adds the address of its own client at the right end of `X-Forwarded-For`, or of `Forwarded` (RFC 7239). From
/// a trusted proxy, the last untrusted address is the client's; what stands left of it was written by the client and is
/// ignored.
public struct ClientAddress: Sendable {
    private let proxies: IPNetworks

    public init(trusting proxies: IPNetworks) { self.proxies = proxies }

    /// The client's address, or the last known one if a trusted proxy names none. Nil if the connection has no address.
    public func of(_ request: HTTPRequest) -> IPAddress? {
        guard let peer = request.peer, proxies.contains(peer) else { return request.peer }
        let plain = request.allFields("X-Forwarded-For")
        let isPlain = !plain.isEmpty
        var last = peer
        for line in isPlain ? plain.reversed() : request.allFields("Forwarded").reversed() {
            for element in Self.elements(of: line) {
                guard let address = isPlain ? Self.address(element) : Self.forwardedFor(element) else { return last }
                last = address
                guard proxies.contains(address) else { return address }
            }
        }
        return last
    }

    /// The elements of a list, last first: then nothing a client wrote at the left, such as an unclosed quotation mark,
    /// changes what stands at the right.
    private static func elements(of line: String) -> [Substring] {
        var elements: [Substring] = []
        let bytes = line.utf8
        var end = bytes.endIndex
        var index = end
        var isQuoted = false
        while index > bytes.startIndex {
            let after = index
            index = bytes.index(before: index)
            switch bytes[index] {
            case UInt8(ascii: "\""): if !isEscaped(bytes, index) { isQuoted.toggle() }
            case UInt8(ascii: ",") where !isQuoted:
                elements.append(line[after..<end])
                end = index
            default: break
            }
        }
        elements.append(line[..<end])
        return elements.filter { !$0.trimmed.isEmpty }
    }

    private static func isEscaped(_ bytes: String.UTF8View, _ index: String.Index) -> Bool {
        bytes[..<index].reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
    }

    /// The address in the `for` parameter of an element of `Forwarded`.
    private static func forwardedFor(_ element: Substring) -> IPAddress? {
        var address: IPAddress?
        for pair in element.split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].trimmed.equalsIgnoringCase("for") else { continue }
            guard address == nil, let found = Self.address(parts[1]) else { return nil }
            address = found
        }
        return address
    }

    /// A node of RFC 7239 section 6, or an address from `X-Forwarded-For`, with or without port, brackets and quotes.
    /// Nil for `unknown` and obfuscated names.
    private static func address(_ text: Substring) -> IPAddress? {
        var text = Substring(text.trimmed)
        if text.count > 1, text.hasPrefix("\""), text.hasSuffix("\"") { text = text.dropFirst().dropLast() }
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]"), isPort(text[text.index(after: end)...]) else { return nil }
            let inside = text[text.index(after: text.startIndex)..<end]
            return inside.contains(":") ? IPAddress(inside) : nil
        }
        if let colon = text.firstIndex(of: ":"), text.lastIndex(of: ":") == colon {
            return isPort(text[colon...]) ? IPAddress(text[..<colon]) : nil
        }
        return IPAddress(text)
    }

    /// Nothing, or a colon with a number or a hidden name.
    private static func isPort(_ text: Substring) -> Bool {
        text.isEmpty || (text.hasPrefix(":") && text.utf8.count > 1 && text.dropFirst().utf8.allSatisfy(\.isTokenByte))
    }
}
