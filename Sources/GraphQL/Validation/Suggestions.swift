/// "Did you mean": what a client may have meant by an unknown name.
public enum Suggestions {
    /// The sentence for the closest of `options`, empty if none is close.
    static func sentence(_ input: String, among options: [String], of kind: String? = nil) -> String {
        sentence(for: closest(to: input, among: options), of: kind)
    }

    public static func sentence(for names: [String], of kind: String? = nil) -> String {
        let names = names.prefix(5).map { "\"\($0)\"" }
        guard let last = names.last else { return "" }
        let list =
            switch names.count {
            case 1: last
            case 2: names.joined(separator: " or ")
            default: names.dropLast().joined(separator: ", ") + ", or " + last
            }
        return " Did you mean \(kind.map { $0 + " " } ?? "")\(list)?"
    }

    /// The options close to a name, closest first.
    public static func closest(to input: String, among options: [String]) -> [String] {
        let bytes = Array(input.utf8)
        let lowered = bytes.map(lowercased)
        let threshold = bytes.count * 2 / 5 + 1
        var found: [(distance: Int, option: String)] = []
        for option in options where abs(option.utf8.count - bytes.count) <= threshold {
            if let distance = distance(bytes, lowered, option, threshold) { found.append((distance, option)) }
        }
        found.sort { $0.distance != $1.distance ? $0.distance < $1.distance : naturallyPrecedes($0.option, $1.option) }
        return found.map(\.option)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    /// The edit distance. A transposition counts one, and so does any change of case as a whole.
    private static func distance(_ input: [UInt8], _ lowered: [UInt8], _ option: String, _ threshold: Int) -> Int? {
        let optionBytes = Array(option.utf8)
        if input == optionBytes { return 0 }
        let other = optionBytes.map(lowercased)
        if lowered == other { return 1 }
        // The longer one spans the rows.
        let (left, right) = lowered.count < other.count ? (other, lowered) : (lowered, other)
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in 1...max(left.count, 1) {
            var current = [row]
            var smallest = row
            for column in stride(from: 1, through: right.count, by: 1) {
                let cost = left[row - 1] == right[column - 1] ? 0 : 1
                var cell = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cell = min(cell, beforeLast[column - 2] + 1)
                }
                smallest = min(smallest, cell)
                current.append(cell)
            }
            if smallest > threshold { return nil }
            beforeLast = last
            last = current
        }
        guard let distance = last.last, distance <= threshold else { return nil }
        return distance
    }

    /// Natural order: digits compare as numbers.
    static func naturallyPrecedes(_ left: String, _ right: String) -> Bool {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        var leftIndex = 0
        var rightIndex = 0
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        while leftIndex < left.count, rightIndex < right.count {
            if isDigit(left[leftIndex]), isDigit(right[rightIndex]) {
                let leftDigits = left[leftIndex...].prefix(while: isDigit).drop { $0 == 0x30 }
                let rightDigits = right[rightIndex...].prefix(while: isDigit).drop { $0 == 0x30 }
                if leftDigits.count != rightDigits.count { return leftDigits.count < rightDigits.count }
                if !leftDigits.elementsEqual(rightDigits) { return leftDigits.lexicographicallyPrecedes(rightDigits) }
                leftIndex += left[leftIndex...].prefix(while: isDigit).count
                rightIndex += right[rightIndex...].prefix(while: isDigit).count
            } else {
                if left[leftIndex] != right[rightIndex] { return left[leftIndex] < right[rightIndex] }
                leftIndex += 1
                rightIndex += 1
            }
        }
        return left.count - leftIndex < right.count - rightIndex
    }
}
