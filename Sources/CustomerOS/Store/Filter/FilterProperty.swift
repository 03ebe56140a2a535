internal import Postgres

/// A word that clients may filter a list by: what it is compared with, and how.
struct FilterProperty: Sendable {
    /// What values the property has, which decides the comparisons and the JSON values it takes.
    enum Kind: Sendable, Equatable {
        /// Never null in the statement: a missing text is empty.
        case text(ignoresCase: Bool)
        /// One of these words, or null.
        case enumeration([String])
        case number
        case time
        case flag
        /// A UUID. Text that is none is the id of nothing.
        case identifier
    }

    let name: String
    let kind: Kind
    /// The value, of `t` or of the rows of `related`: a column, a call, or what stands in parentheses.
    let value: SQL
    /// The same in small letters, by which texts are compared when case is ignored.
    let folded: SQL
    /// Rows beside `t`, from FROM to the end of WHERE, when the property has any number of values: it fits when one of them does.
    let related: SQL?

    private init(_ name: String, _ kind: Kind, _ value: SQL, folded: SQL? = nil, related: SQL?) {
        self.name = name
        self.kind = kind
        self.value = value
        self.folded = folded ?? "fold(\(value))"
        self.related = related
    }

    static func text(_ name: String, _ value: SQL, ignoresCase: Bool = true, related: SQL? = nil) -> FilterProperty {
        FilterProperty(name, .text(ignoresCase: ignoresCase), value, related: related)
    }

    /// A text that is always stored in small letters.
    static func smallText(_ name: String, _ value: SQL, related: SQL? = nil) -> FilterProperty {
        FilterProperty(name, .text(ignoresCase: true), value, folded: value, related: related)
    }

    static func enumeration(_ name: String, _ value: SQL, _ words: [String], related: SQL? = nil) -> FilterProperty {
        FilterProperty(name, .enumeration(words), value, related: related)
    }

    static func number(_ name: String, _ value: SQL) -> FilterProperty { FilterProperty(name, .number, value, related: nil) }

    static func time(_ name: String, _ value: SQL) -> FilterProperty { FilterProperty(name, .time, value, related: nil) }

    static func flag(_ name: String, _ value: SQL) -> FilterProperty { FilterProperty(name, .flag, value, related: nil) }

    static func identifier(_ name: String, _ value: SQL, related: SQL? = nil) -> FilterProperty {
        FilterProperty(name, .identifier, value, related: related)
    }
}

extension FilterProperty.Kind {
    /// The type that parameters are cast to.
    var cast: SQL {
        switch self {
        case .text, .enumeration: "text"
        case .number: "numeric"
        case .time: "timestamptz"
        case .flag: "boolean"
        case .identifier: "uuid"
        }
    }

    var comparisons: [Comparison] {
        switch self {
        case .text: Comparison.allCases
        case .number, .time: [.equal, .less, .lessOrEqual, .greater, .greaterOrEqual, .between, .among, .empty]
        case .enumeration, .flag, .identifier: [.equal, .among, .empty]
        }
    }

    /// What a value must be, as errors say it.
    var valueDescription: String {
        switch self {
        case .text: "a string"
        case .enumeration(let words): "one of \(words.joined(separator: ", "))"
        case .number: "a number"
        case .time: "an RFC 3339 date-time"
        case .flag: "true or false"
        case .identifier: "an id"
        }
    }
}
