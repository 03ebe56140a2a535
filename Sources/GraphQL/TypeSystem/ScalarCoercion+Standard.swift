extension ScalarCoercion {
    /// The scalars that every schema has. Specification section 3.5.
    static let builtIn: [String: ScalarCoercion] = [
        "Int": .int, "Float": .float, "String": .string, "Boolean": .boolean, "ID": .id,
    ]

    static let int = ScalarCoercion { value throws(CoercionFailure) in
        switch value {
        case .integer(let number):
            guard Int32(exactly: number) != nil else {
                throw CoercionFailure("Int cannot represent non 32-bit signed integer value: \(number)")
            }
            return value
        case .float(let number):
            guard let whole = Int32(exactly: number) else {
                throw CoercionFailure("Int cannot represent non-integer value: \(ValueText.of(value))")
            }
            return .integer(Int64(whole))
        default: throw CoercionFailure("Int cannot represent non-integer value: \(ValueText.of(value))")
        }
    }

    static let float = ScalarCoercion { value throws(CoercionFailure) in
        switch value {
        case .integer(let number): return .float(Double(number))
        case .float(let number) where number.isFinite: return value
        default: throw CoercionFailure("Float cannot represent non numeric value: \(ValueText.of(value))")
        }
    }

    static let string = ScalarCoercion { value throws(CoercionFailure) in
        guard case .string = value else { throw CoercionFailure("String cannot represent a non string value: \(ValueText.of(value))") }
        return value
    }

    static let boolean = ScalarCoercion { value throws(CoercionFailure) in
        guard case .boolean = value else { throw CoercionFailure("Boolean cannot represent a non boolean value: \(ValueText.of(value))") }
        return value
    }

    static let id = ScalarCoercion { value throws(CoercionFailure) in
        switch value {
        case .string: return value
        case .integer(let number): return .string(String(number))
        default: throw CoercionFailure("ID cannot represent value: \(ValueText.of(value))")
        }
    }

    /// A whole number of 64 bits, as a number or as its digits in a string.
    public static let int64 = ScalarCoercion { value throws(CoercionFailure) in
        switch value {
        case .integer: return value
        case .float(let number):
            if let whole = Int64(exactly: number) { return .integer(whole) }
        case .string(let text):
            if let number = Int64(text), text.first != "+" { return .integer(number) }
        default: break
        }
        throw CoercionFailure("Int64 cannot represent value: \(ValueText.of(value))")
    }

    /// A moment as RFC 3339 writes it, kept as it was given.
    public static let time = ScalarCoercion { value throws(CoercionFailure) in
        guard case .string(let text) = value, DateTime.isValid(text) else {
            throw CoercionFailure("Time must be a string in RFC 3339 format, such as \"2024-05-01T12:30:00Z\": \(ValueText.of(value))")
        }
        return value
    }

    /// Any value at all.
    public static let any = ScalarCoercion { value throws(CoercionFailure) in value }
}

/// Moments in the form of RFC 3339 section 5.6.
enum DateTime {
    /// Whether a text is a moment, with a real date, an offset, and at most nine digits of a fraction.
    static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), bytes[10] | 0x20 == UInt8(ascii: "t"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), let year = number(bytes, 0, 4), let month = number(bytes, 5, 2),
            let day = number(bytes, 8, 2), let hour = number(bytes, 11, 2), let minute = number(bytes, 14, 2),
            let second = number(bytes, 17, 2)
        else { return false }
        guard (1...12).contains(month), (1...days(in: month, of: year)).contains(day), hour < 24, minute < 60, second < 60, year > 0 else {
            return false
        }
        var index = 19
        if bytes[index] == UInt8(ascii: ".") {
            let digits = bytes[(index + 1)...].prefix { $0.isDigit }.count
            guard (1...9).contains(digits) else { return false }
            index += 1 + digits
        }
        return isOffset(bytes[index...])
    }

    private static func isOffset(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first else { return false }
        if first | 0x20 == UInt8(ascii: "z") { return bytes.count == 1 }
        let offset = Array(bytes)
        guard first == UInt8(ascii: "+") || first == UInt8(ascii: "-"), offset.count == 6, offset[3] == UInt8(ascii: ":"),
            let hours = number(offset, 1, 2), let minutes = number(offset, 4, 2)
        else { return false }
        return hours < 16 && minutes < 60
    }

    private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for byte in bytes[start..<start + count] {
            guard byte.isDigit else { return nil }
            value = value * 10 + Int(byte) - 0x30
        }
        return value
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}
