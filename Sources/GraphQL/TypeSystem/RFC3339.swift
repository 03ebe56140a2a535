/// The date-times of RFC 3339, section 5.6.
enum RFC3339 {
    static func isDateTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        func number(_ start: Int, _ length: Int) -> Int? {
            guard start + length <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[start..<start + length] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
        func isByte(_ index: Int, _ character: Unicode.Scalar) -> Bool {
            index < bytes.count && UInt32(bytes[index]) == character.value
        }
        guard let year = number(0, 4), isByte(4, "-"), let month = number(5, 2), isByte(7, "-"), let day = number(8, 2),
            isByte(10, "T") || isByte(10, "t") || isByte(10, " "), let hour = number(11, 2), isByte(13, ":"),
            let minute = number(14, 2), isByte(16, ":"), let second = number(17, 2),
            (1...12).contains(month), day >= 1, day <= days(in: month, of: year), hour < 24, minute < 60, second <= 60
        else { return false }
        var index = 19
        if isByte(index, ".") {
            index += 1
            let start = index
            while number(index, 1) != nil { index += 1 }
            if index == start { return false }
        }
        if isByte(index, "Z") || isByte(index, "z") { return index + 1 == bytes.count }
        guard isByte(index, "+") || isByte(index, "-"), let offsetHour = number(index + 1, 2), isByte(index + 3, ":"),
            let offsetMinute = number(index + 4, 2), offsetHour < 24, offsetMinute < 60
        else { return false }
        return index + 6 == bytes.count
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
