extension String {
    /// Percent-decoded (RFC 3986 section 2.1), or unchanged if the result is not UTF-8.
    /// - Parameter kept: What stays escaped, besides zero, which no text has.
    func removingPercentEncoding(except kept: String = "") -> String {
        var bytes: [UInt8] = []
        var rest = Substring(self).utf8
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = rest.hexadecimalByte, value != 0, !kept.utf8.contains(value) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? self
    }
}

extension Substring.UTF8View {
    /// The value of the next two digits.
    fileprivate var hexadecimalByte: UInt8? {
        let digits = prefix(2)
        guard digits.count == 2, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
