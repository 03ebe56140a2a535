package import GraphQL
internal import Postgres

extension FieldBinding {
    /// What a column of the row holds.
    /// - Parameter encoding: If it differs from that of the column's own field, or from that of its form.
    package static func column(_ column: Column, as encoding: LeafEncoding? = nil) -> FieldBinding {
        .column(column.name.text, encoding ?? column.field?.encoding ?? column.form.encoding)
    }
}

extension RecordField {
    /// A column under another name than its own field's.
    package static func alias(_ name: String, of column: Column, as encoding: LeafEncoding? = nil) -> RecordField {
        RecordField(name, .column(column, as: encoding))
    }
}
