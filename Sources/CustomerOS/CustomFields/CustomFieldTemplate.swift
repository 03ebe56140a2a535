internal import GraphQL
internal import Postgres
internal import Records

/// The definition of custom values.
enum CustomFieldTemplate: Record {
    struct Columns {
        let id = Column.id.field("id")
        let createdAt = Column.createdAt.field("createdAt")
        let updatedAt = Column.updatedAt.field("updatedAt")
        let name = Column("name", .text).field("name")
        let type = Column("type", .word).field("type")
        let validValues = Column("valid_values", .texts).field("validValues")
        let entityType = Column("entity_type", .word).field("entityType")
        let position = Column("position", .whole).field("order")
        let required = Column("required", .flag).field("required")
        let length = Column("length", .whole).field("length")
        let minimum = Column("min", .whole).field("min")
        let maximum = Column("max", .whole).field("max")
    }

    static let table = Table<CustomFieldTemplate>("custom_field_template", Columns())
    static let type = RecordType("CustomFieldTemplate", of: table, [])
}
