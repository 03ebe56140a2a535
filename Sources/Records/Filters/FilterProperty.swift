package import Postgres

/// A property that clients may filter by: what is compared, and how.
package struct FilterProperty: Sendable {
    /// The kind of values, which determines the allowed comparisons and JSON values.
    package enum Kind: Sendable, Equatable {
        /// Never null in the statement: a missing text is empty.
        case text
        /// One of these words, or null.
        case enumeration([String])
        case number
        case time
        case flag
        /// A UUID. Other text is the id of nothing.
        case identifier
    }

    /// Rows of other tables that belong to one of `t`.
    package struct Related: Sendable {
        /// From the table's name to the end of WHERE, with the tenant as `$1`.
        let rows: SQL
        /// The id of the row of `t`.
        let owner: SQL

        package init(rows: SQL, owner: SQL) {
            self.rows = rows
            self.owner = owner
        }
    }

    package let name: String
    let kind: Kind
    /// The value, of `t` or of the rows of `related` or `elements`: a column, a call, or a parenthesised expression.
    let value: SQL
    /// The same in lower case, for comparisons that ignore case.
    let folded: SQL
    let form: TextForm
    /// Where the values are if the property has several: one match is enough.
    private(set) var related: Related?
    /// The same for values that are elements of a column of `t`.
    private(set) var elements: SQL?

    init(_ name: String, _ kind: Kind, _ value: SQL, _ form: TextForm = .plain) {
        self.name = name
        self.kind = kind
        self.value = value
        folded = form.isSmall ? value : "fold(\(value))"
        self.form = form
    }

    package static func text(_ name: String, _ value: SQL, _ form: TextForm = .plain) -> FilterProperty {
        FilterProperty(name, .text, value, form)
    }

    package static func enumeration(_ name: String, _ value: SQL, _ words: [String]) -> FilterProperty {
        FilterProperty(name, .enumeration(words), value)
    }

    package static func number(_ name: String, _ value: SQL) -> FilterProperty { FilterProperty(name, .number, value) }

    package static func time(_ name: String, _ value: SQL) -> FilterProperty { FilterProperty(name, .time, value) }

    package static func flag(_ name: String, _ value: SQL) -> FilterProperty { FilterProperty(name, .flag, value) }

    package static func identifier(_ name: String, _ value: SQL) -> FilterProperty { FilterProperty(name, .identifier, value) }

    /// The same, with values in related rows.
    package func of(_ related: Related) -> FilterProperty {
        var property = self
        property.related = related
        return property
    }

    /// The same, with the elements of a column as values; `elements` names them.
    package func of(elements: SQL) -> FilterProperty {
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
