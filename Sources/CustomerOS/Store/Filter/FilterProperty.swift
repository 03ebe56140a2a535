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

    /// Rows of other tables that belong to one of `t`.
    struct Related: Sendable {
        /// From the table's name to the end of WHERE, with the tenant as `$1`.
        let rows: SQL
        /// The id of the row of `t`.
        let owner: SQL
    }

    let name: String
    let kind: Kind
    /// The value, of `t` or of the rows of `related` or `elements`: a column, a call, or what stands in parentheses.
    let value: SQL
    /// The same in small letters, by which texts are compared when case is ignored.
    let folded: SQL
    /// Where the values are when the property has any number of them: it fits when one of them does.
    private(set) var related: Related?
    /// The same for values that are elements of a column of `t`.
    private(set) var elements: SQL?
    /// The form in which a text that a client gives is compared: as it is, where it is stored as it was given.
    private(set) var form: @Sendable (_ text: String, Comparison) -> String = { text, _ in text }

    private init(_ name: String, _ kind: Kind, _ value: SQL, folded: SQL? = nil) {
        self.name = name
        self.kind = kind
        self.value = value
        self.folded = folded ?? "fold(\(value))"
    }

    static func text(_ name: String, _ value: SQL, ignoresCase: Bool = true) -> FilterProperty {
        FilterProperty(name, .text(ignoresCase: ignoresCase), value)
    }

    /// A text that is stored in Normalization Form C, as `Name.normal` gives it.
    static func name(_ name: String, _ value: SQL) -> FilterProperty {
        FilterProperty.text(name, value).inForm { text, _ in NormalForm.composed(text) }
    }

    /// A text that is always stored in small letters.
    static func smallText(_ name: String, _ value: SQL) -> FilterProperty {
        FilterProperty(name, .text(ignoresCase: true), value, folded: value)
    }

    static func enumeration(_ name: String, _ value: SQL, _ words: [String]) -> FilterProperty {
        FilterProperty(name, .enumeration(words), value)
    }

    static func number(_ name: String, _ value: SQL) -> FilterProperty { FilterProperty(name, .number, value) }

    static func time(_ name: String, _ value: SQL) -> FilterProperty { FilterProperty(name, .time, value) }

    static func flag(_ name: String, _ value: SQL) -> FilterProperty { FilterProperty(name, .flag, value) }

    static func identifier(_ name: String, _ value: SQL) -> FilterProperty { FilterProperty(name, .identifier, value) }

    /// The same, with values in related rows.
    func of(_ related: Related) -> FilterProperty {
        var property = self
        property.related = related
        return property
    }

    /// The same, for values that are stored in another form than the normal one of texts.
    func inForm(_ form: @escaping @Sendable (_ text: String, Comparison) -> String) -> FilterProperty {
        var property = self
        property.form = form
        return property
    }

    /// The same, with the elements of a column as values; `elements` names them.
    func of(elements: SQL) -> FilterProperty {
        var property = self
        property.elements = elements
        return property
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

    var isText: Bool {
        if case .text = self { true } else { false }
    }

    var comparisons: [Comparison] {
        switch self {
        case .text: Comparison.allCases
        case .number, .time: [.equal, .less, .lessOrEqual, .greater, .greaterOrEqual, .between, .among, .present]
        case .enumeration, .flag, .identifier: [.equal, .among, .present]
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
