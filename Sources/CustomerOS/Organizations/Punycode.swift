/// The ASCII form of domain labels beyond ASCII: RFC 3492. Labels are not normalised first: what comes decomposed stays another domain.
enum Punycode {
    private static let base = 36
    private static let highestThreshold = 26
    private static let skew = 38
    private static let damp = 700

    /// `bücher` is `xn--bcher-kva`; a label of ASCII stays as it is.
    static func label(_ label: Substring) -> String {
        label.utf8.allSatisfy { $0 < 0x80 } ? String(label) : "xn--" + encode(label.unicodeScalars.map { Int($0.value) })
    }

    /// `xn--bcher-kva` is `bücher`; what is no such label stays as it is.
    static func text(of label: String) -> String {
        guard label.hasPrefix("xn--"), let scalars = decode(Array(label.utf8.dropFirst(4))) else { return label }
        var text = String.UnicodeScalarView()
        for scalar in scalars {
            guard let scalar = Unicode.Scalar(UInt32(scalar)) else { return label }
            text.append(scalar)
        }
        return String(text)
    }

    /// Section 6.2. Nil when it is no code of anything.
    private static func decode(_ code: [UInt8]) -> [Int]? {
        let basicEnd = code.lastIndex(of: UInt8(ascii: "-")) ?? 0
        var output = code[..<basicEnd].map { Int($0) }
        var rest = code[(basicEnd > 0 ? basicEnd + 1 : 0)...]
        var (next, index, bias) = (0x80, 0, 72)
        while !rest.isEmpty {
            let start = index
            var (weight, place) = (1, base)
            while true {
                guard let byte = rest.popFirst(), let digit = value(of: byte) else { return nil }
                index += digit * weight
                let threshold = min(max(place - bias, 1), highestThreshold)
                if digit < threshold { break }
                weight *= base - threshold
                place += base
                guard weight < 1 << 40, index < 1 << 40 else { return nil }
            }
            bias = adapted(index - start, count: output.count + 1, isFirst: start == 0)
            next += index / (output.count + 1)
            index %= output.count + 1
            guard next <= 0x10FFFF else { return nil }
            output.insert(next, at: index)
            index += 1
        }
        return output
    }

    private static func value(of byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) + 26
        default: nil
        }
    }

    /// Section 6.3.
    private static func encode(_ scalars: [Int]) -> String {
        var output = scalars.filter { $0 < 0x80 }.map { UInt8($0) }
        let basicCount = output.count
        if basicCount > 0 { output.append(UInt8(ascii: "-")) }
        var handled = basicCount
        var (next, delta, bias) = (0x80, 0, 72)
        while handled < scalars.count {
            let least = scalars.filter { $0 >= next }.min() ?? next
            delta += (least - next) * (handled + 1)
            next = least
            for scalar in scalars {
                if scalar < next { delta += 1 }
                guard scalar == next else { continue }
                append(delta, bias, to: &output)
                bias = adapted(delta, count: handled + 1, isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            next += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// A number in digits of a base that changes with the bias.
    private static func append(_ number: Int, _ bias: Int, to output: inout [UInt8]) {
        var rest = number
        var place = base
        while true {
            let threshold = min(max(place - bias, 1), highestThreshold)
            guard rest >= threshold else { break }
            output.append(digit(threshold + (rest - threshold) % (base - threshold)))
            rest = (rest - threshold) / (base - threshold)
            place += base
        }
        output.append(digit(rest))
    }

    private static func digit(_ value: Int) -> UInt8 {
        UInt8(value < 26 ? Int(UInt8(ascii: "a")) + value : Int(UInt8(ascii: "0")) + value - 26)
    }

    /// Section 6.1.
    private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / damp : delta / 2
        delta += delta / count
        var place = 0
        while delta > (base - 1) * highestThreshold / 2 {
            delta /= base - 1
            place += base
        }
        return place + base * delta / (delta + skew)
    }
}
