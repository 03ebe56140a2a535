/// The text of a statement. It can only be made from literals in our source and other SQL, so no client text gets in.
public struct SQL: Sendable, Hashable {
    public let text: String

    fileprivate init(text: String) { self.text = text }

    /// The same on one line: the end of each line and the indentation of the next become one blank.
    package var onOneLine: SQL {
        guard text.contains("\n") else { return self }
        let lines = text.split(separator: "\n").map { line in line.drop { $0 == " " } }
        return SQL(text: lines.joined(separator: " "))
    }

    /// `$1`, `$2`, …
    public static func parameter(_ number: Int) -> SQL { SQL(text: "$\(number)") }
}

extension SQL: ExpressibleByStringLiteral {
    public init(stringLiteral text: StaticString) { self.init(text: text.description) }
}

extension SQL: ExpressibleByStringInterpolation {
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

        public mutating func appendLiteral(_ literal: StaticString) { text += literal.description }

        public mutating func appendInterpolation(_ sql: SQL) { text += sql.text }
    }

    public init(stringInterpolation: StringInterpolation) { self.init(text: stringInterpolation.text) }
}
