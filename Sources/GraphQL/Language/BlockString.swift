/// The value of a block string: its lines without the indentation they share, and without blank lines at both ends.
/// Specification section 2.10.4, "BlockStringValue".
enum BlockString {
    static func value(of raw: [UInt8]) -> String {
        var lines: [Range<Int>] = []
        var start = 0
        var index = 0
        while index < raw.count {
            if raw[index] == 0x0A || raw[index] == 0x0D {
                lines.append(start..<index)
                if raw[index] == 0x0D, index + 1 < raw.count, raw[index + 1] == 0x0A { index += 1 }
                start = index + 1
            }
            index += 1
        }
        lines.append(start..<raw.count)

        let indents = lines.map { line in raw[line].prefix { $0 == 0x20 || $0 == 0x09 }.count }
        let isBlank = zip(lines, indents).map { $0.count == $1 }
        guard let first = isBlank.firstIndex(of: false), let last = isBlank.lastIndex(of: false) else { return "" }
        let common = lines.indices.dropFirst().filter { !isBlank[$0] }.map { indents[$0] }.min() ?? 0

        var value: [UInt8] = []
        value.reserveCapacity(raw.count)
        for line in first...last {
            if line > first { value.append(0x0A) }
            let dropped = line == 0 ? 0 : min(common, lines[line].count)
            value.append(contentsOf: raw[lines[line].dropFirst(dropped)])
        }
        return String(decoding: value, as: UTF8.self)
    }
}
