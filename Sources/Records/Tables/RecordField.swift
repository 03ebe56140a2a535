package import GraphQL
package import Postgres

/// A field of an object type: what stands behind it, and the column that it brings with it.
package struct RecordField: Sendable {
    package let name: String
    package let binding: FieldBinding
    /// The name that plans know the column by, and how it is read.
    package let column: (name: String, read: SQL)?
    /// What the objects behind a relation are read as.
    let target: (any RecordKind.Type)?

    package init(
        _ name: String, _ binding: FieldBinding, column: (name: String, read: SQL)? = nil, target: (any RecordKind.Type)? = nil
    ) {
        self.name = name
        self.binding = binding
        self.column = column
        self.target = target
    }

    /// What a column shows, as its facet `field` says.
    init?(_ column: Column) {
        guard let field = column.field else { return nil }
        self.init(field.name, .column(column.name.text, field.encoding), column: (column.name.text, column.read))
    }

    /// A value that is computed of the row and is no column.
    package static func value(_ name: String, _ expression: SQL, _ encoding: LeafEncoding) -> RecordField {
        RecordField(name, .column(name, encoding), column: (name, expression))
    }

    /// The same value as a column's, under another name.
    package static func alias(_ name: String, of column: String, _ encoding: LeafEncoding) -> RecordField {
        RecordField(name, .column(column, encoding))
    }

    /// The same value everywhere, as JSON.
    package static func constant(_ name: String, json: String) -> RecordField { RecordField(name, .constant(json)) }

    /// An object made of the row itself.
    /// - Parameter presence: The column that is null where there is no such object.
    package static func embedded(_ name: String, presence: String? = nil) -> RecordField {
        RecordField(name, .embedded(presence: presence))
    }

    /// What a binding of its own finds.
    package static func bound(_ name: String, _ binding: FieldBinding) -> RecordField { RecordField(name, binding) }
}

extension [RecordField] {
    /// What every record has, as `metadata`.
    package static var metadata: [RecordField] { [.embedded("metadata")] }

    /// The same as fields of the type itself, as types have them that are older than `metadata`.
    package static var recordFields: [RecordField] {
        recordFieldsWithoutTruth + [.constant("sourceOfTruth", json: "\"OPENLINE\"")]
    }

    /// The same as `recordFields`, of types that do not say when they changed.
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
