internal import Postgres

/// A property that clients may filter by: what is compared, and how.
struct FilterProperty: Sendable {
    /// The kind of values, which determines the allowed comparisons and JSON values.
    enum Kind: Sendable, Equatable {
        /// Never null in the statement: a missing text is empty.
        case text(ignoresCase: Bool)
        /// One of these words, or null.
        case enumeration([String])
        case number
        case time
        case flag
        /// A UUID. Other text is the id of nothing.
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
    /// The value, of `t` or of the rows of `related` or `elements`: a column, a call, or a parenthesised expression.
    let value: SQL
    /// The same in lower case, for comparisons that ignore case.
    let folded: SQL
    /// Where the values are if the property has several: one match is enough.
    private(set) var related: Related?
    /// The same for values that are elements of a column of `t`.
    private(set) var elements: SQL?
    /// Normalises a client's text for comparison; the identity if texts are stored as given.
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

    /// A text stored in Normalization Form C, like `Name.normal`.
    static func name(_ name: String, _ value: SQL) -> FilterProperty {
        FilterProperty.text(name, value).inForm { text, _ in NormalForm.composed(text) }
    }

    /// A text always stored in lower case.
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

    /// The same, for values stored in another form than the normal one of texts.
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

    /// What a value must be, in error messages.
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
