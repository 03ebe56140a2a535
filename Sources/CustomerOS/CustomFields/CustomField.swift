internal import GraphQL
internal import Postgres
internal import Records

/// A value of a record that the tenant defined.
enum CustomField: Record {
    struct Columns {
        let id = Column.id.field("id")
        let createdAt = Column.createdAt.field("createdAt")
        let updatedAt = Column.updatedAt.field("updatedAt")
        let source = Column.source.field("source")
        let name = Column("name", .text).field("name")
        let dataType = Column("data_type", .word).field("datatype")
        let template = Column("template_id", .id)
    }

    static let table = Table<CustomField>("custom_field", Columns())

    static let type = RecordType(
        "CustomField", of: table,
        [.value("value", "t.value", .json), .toOne("template", CustomFieldTemplate.self, by: table.template)])
}
