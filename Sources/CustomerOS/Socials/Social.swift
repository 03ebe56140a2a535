internal import GraphQL
internal import Postgres
internal import Records

/// A profile in a social network.
enum Social: Record {
    struct Columns {
        let origin = Origin()
        let url = Column("url", .text).field("url")
        let alias = Column("alias", .text).field("alias")
        let externalID = Column("external_id", .text).field("externalId")
        let followersCount = Column("followers_count", .whole).field("followersCount")
    }

    static let table = Table<Social>("social", Columns())
    static let type = RecordType("Social", of: table, .metadata + .recordFields)
}
