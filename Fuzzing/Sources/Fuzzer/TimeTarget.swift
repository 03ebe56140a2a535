import GraphQL

/// The scalar Time, compared with a plain parser of RFC 3339, section 5.6.
enum TimeTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        // Malformed UTF-8 has become U+FFFD before a scalar sees it.
        let text = String(decoding: input, as: UTF8.self)
        let isTaken: Bool
        do {
            let value = try ScalarCoercion.time.coerce(.string(text))
            expect(value == .string(text), "a Time is changed: \(value)")
            isTaken = true
        } catch {
            expect(!error.message.isEmpty, "a refusal says nothing")
            isTaken = false
        }
        expect(isTaken == isDateTime(text), "Time \(isTaken ? "takes" : "refuses") \(text.debugDescription)")
    }

    private static func isDateTime(_ text: String) -> Bool {
        var rest = Substring(text)
        guard let head = take(&rest, "dddd-dd-ddTdd:dd:dd") else { return false }
        if rest.unicodeScalars.first == "." {
            rest.unicodeScalars.removeFirst()
            let digits = rest.unicodeScalars.prefix { ("0"..."9").contains($0) }
            if digits.isEmpty { return false }
            rest.unicodeScalars.removeFirst(digits.count)
        }
        let offset = take(&rest, "Z") ?? take(&rest, "+dd:dd") ?? take(&rest, "-dd:dd")
        guard let offset, rest.isEmpty else { return false }
        let isOffset = offset.isEmpty || (offset[0] < 24 && offset[1] < 60)
        return isOffset && isDay(head[0], head[1], head[2]) && head[3] < 24 && head[4] < 60 && head[5] <= 60
    }

    /// The numbers at the start of a text that has the form of a pattern; "d" is a digit.
    private static func take(_ text: inout Substring, _ pattern: String) -> [Int]? {
        var rest = text.unicodeScalars
        var numbers: [Int] = []
        var isInNumber = false
        for expected in pattern.unicodeScalars {
            guard let scalar = rest.popFirst() else { return nil }
            switch expected {
            case "d":
                guard ("0"..."9").contains(scalar) else { return nil }
                if !isInNumber { numbers.append(0) }
                numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(scalar.value) - 48
            case "T": guard scalar == "T" || scalar == "t" || scalar == " " else { return nil }
            case "Z": guard scalar == "Z" || scalar == "z" else { return nil }
            default: guard scalar == expected else { return nil }
            }
            isInNumber = expected == "d"
        }
        text = Substring(rest)
        return numbers
    }

    /// By counting up from the first day of the year.
    private static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return lengths.indices.contains(month - 1) && (1...lengths[month - 1]).contains(day)
    }
}
