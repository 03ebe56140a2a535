/// A UUID as two words, parsed from text: rows and parents are matched by it.
package struct UUIDKey: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package static let zero = UUIDKey(high: 0, low: 0)

    /// Nil if `text` is not a UUID in the form 8-4-4-4-12, in either case.
    package init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 36 else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        var digits = 0
        for index in 0..<36 {
            let byte = text[index]
            if index == 8 || index == 13 || index == 18 || index == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            let digit: UInt64
            switch byte {
            case 0x30...0x39: digit = UInt64(byte &- 0x30)
            case 0x61...0x66: digit = UInt64(byte &- 0x61 &+ 10)
            case 0x41...0x46: digit = UInt64(byte &- 0x41 &+ 10)
            default: return nil
            }
            if digits < 16 { words.0 = words.0 << 4 | digit } else { words.1 = words.1 << 4 | digit }
            digits += 1
        }
        (high, low) = words
    }

    /// Whether `text` can be an id: what is not a UUID is not looked up.
    package static func isValid(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { UUIDKey($0) != nil }
    }
}
