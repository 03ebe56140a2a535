/// Random numbers reproducible from a seed, on every machine: SplitMix64.
public struct RandomSource: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// 0 to `bound` − 1.
    public mutating func number(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    public mutating func chance(_ percent: Int) -> Bool { number(below: 100) < percent }

    public mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(below: elements.count)] }

    /// Up to `count` pieces, joined.
    public mutating func text(of pieces: [String], upTo count: Int) -> String {
        (0..<number(below: count + 1)).map { _ in pick(pieces) }.joined()
    }

    /// A short text of few letters, so that texts coincide: in both cases, beyond ASCII, and with SQL's pattern
    /// characters.
    public mutating func text() -> String {
        text(of: ["a", "A", "b", "B", "é", "É", "ö", "Ö", "%", "_", "\\", "'", "\"", ",", " ", "😀", "\u{301}"], upTo: 4)
    }
}
