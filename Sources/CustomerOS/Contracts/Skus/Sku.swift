internal import GraphQL
internal import Postgres
internal import Records

/// A product that services refer to.
enum Sku: Record {
    struct Columns {
        let origin = Origin()
        let name = Column("name", .text).field("name")
        let price = Column("price", .decimal).field("price")
        let kind = Column("type", .word).field("type")
    }

    static let table = Table<Sku>("sku", Columns())

    static let type = RecordType(
        "Sku", of: table,
        [
            .alias("id", of: table.columns.origin.id),
            .value("archived", "t.state = 'ARCHIVED'", .boolean),
        ])
}
