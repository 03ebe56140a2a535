/// The value of a block string: common indentation and blank first and last lines removed. Specification section 2.9.4,
/// `BlockStringValue()`.
enum BlockString {
    static func value(of raw: [UInt8]) -> String {
        var lines: [Range<Int>] = []
        var start = 0
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            index += 1
            guard byte == 0x0A || byte == 0x0D else { continue }
            lines.append(start..<index - 1)
            if byte == 0x0D, index < raw.count, raw[index] == 0x0A { index += 1 }
            start = index
        }
        lines.append(start..<raw.count)

        var commonIndent = Int.max
        var firstFilled: Int?
        var lastFilled = -1
        for (number, line) in lines.enumerated() {
            let indent = raw[line].prefix { $0 == 0x20 || $0 == 0x09 }.count
            if indent == line.count { continue }
            if firstFilled == nil { firstFilled = number }
            lastFilled = number
            if number != 0 { commonIndent = min(commonIndent, indent) }
        }
        guard let firstFilled else { return "" }
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        for number in firstFilled...lastFilled {
            if number > firstFilled { result.append(0x0A) }
            result.append(contentsOf: number == 0 ? raw[lines[number]] : raw[lines[number]].dropFirst(commonIndent))
        }
        return String(decoding: result, as: UTF8.self)
    }
}
