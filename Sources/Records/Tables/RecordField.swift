package import GraphQL
package import Postgres

/// A field of an object type: its binding, and its column.
package struct RecordField: Sendable {
    package let name: String
    package let binding: FieldBinding
    /// The column's name in plans, and the expression that reads it.
    package let column: (name: String, read: SQL)?
    /// The type of the objects behind a relation.
    let target: Target?

    /// What a relation leads to.
    enum Target: Sendable {
        case objects(any RecordKind.Type)
        case page(any RecordKind.Type)
        case union([any RecordKind.Type])
    }

    package init(_ name: String, _ binding: FieldBinding, column: (name: String, read: SQL)? = nil) {
        self.init(name, binding, column: column, target: nil)
    }

    init(_ name: String, _ binding: FieldBinding, column: (name: String, read: SQL)? = nil, target: Target?) {
        self.name = name
        self.binding = binding
        self.column = column
        self.target = target
    }

    /// What a column shows, according to its facet `field`.
    init?(_ column: Column) {
        guard let field = column.field else { return nil }
        self.init(field.name, .column(column.name.text, field.encoding), column: (column.name.text, column.read))
    }

    /// A value computed from the row that is not a column.
    package static func value(_ name: String, _ expression: SQL, _ encoding: LeafEncoding) -> RecordField {
        RecordField(name, .column(name, encoding), column: (name, expression))
    }

    /// The same value as a column's, under another name.
    package static func alias(_ name: String, of column: String, _ encoding: LeafEncoding) -> RecordField {
        RecordField(name, .column(column, encoding))
    }

    /// The same value as a column's field, under another name.
    package static func alias(_ name: String, of column: Column) -> RecordField {
        RecordField(name, .column(column.name.text, column.field?.encoding ?? column.form.encoding))
    }

    /// A constant, as JSON.
    package static func constant(_ name: String, json: String) -> RecordField { RecordField(name, .constant(json)) }

    /// An object made from the row itself.
    /// - Parameter presence: The column that is null if there is no such object.
    package static func embedded(_ name: String, presence: String? = nil) -> RecordField {
        RecordField(name, .embedded(presence: presence))
    }

    /// A field with a binding of its own.
    package static func bound(_ name: String, _ binding: FieldBinding) -> RecordField { RecordField(name, binding) }
}

extension [RecordField] {
    /// What every record has, as `metadata`.
    package static var metadata: [RecordField] { [.embedded("metadata")] }

    /// The same as fields of the type itself, as in types older than `metadata`.
    package static var recordFields: [RecordField] {
        recordFieldsWithoutTruth + [.constant("sourceOfTruth", json: "\"OPENLINE\"")]
    }

    /// The same as `recordFields`, for types without a change time.
    package static var recordFieldsWithoutChange: [RecordField] { recordFields.filter { $0.name != "updatedAt" } }

    package static var recordFieldsWithoutTruth: [RecordField] {
        let origin = Origin()
        return [
            .alias("id", of: origin.id.name.text, .identifier),
            .alias("createdAt", of: origin.createdAt.name.text, .time),
            .alias("updatedAt", of: origin.updatedAt.name.text, .time),
            .alias("source", of: origin.source.name.text, .enumeration),
            .alias("appSource", of: origin.appSource.name.text, .text),
        ]
    }
}
