internal import GraphQL
internal import Postgres
internal import Records

/// A word that labels records.
enum Tag: Record {
    struct Columns {
        let origin = Origin()
        let name = Column("name", .text).field("name")
        let colorCode = Column("color_code", .text).field("colorCode")
        let entityType = Column("entity_type", .word).field("entityType")
    }

    static let table = Table<Tag>("tag", Columns())
    static let type = RecordType("Tag", of: table, .metadata + .recordFieldsWithoutTruth)
}
