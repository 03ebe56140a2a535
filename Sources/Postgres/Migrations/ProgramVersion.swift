/// The version of a program: numbers, the more important first, such as 1.10.2.
public struct ProgramVersion: Sendable, Comparable, CustomStringConvertible {
    private let numbers: [Int]

    /// Nil when `text` is anything but numbers with points between them.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil }
        guard numbers.count == parts.count else { return nil }
        self.numbers = numbers
    }

    public var description: String { numbers.map(String.init).joined(separator: ".") }

    public static func < (one: ProgramVersion, other: ProgramVersion) -> Bool {
        one.numbers.lexicographicallyPrecedes(other.numbers)
    }
}
