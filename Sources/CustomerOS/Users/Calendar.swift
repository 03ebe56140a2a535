internal import Postgres
internal import Records

/// The calendar in which a user takes bookings.
enum Calendar: Record {
    struct Columns {
        let origin = Origin()
        let kind = Column("type", .word).field("calType")
        let link = Column("link", .text, read: "nullif(t.link, '')").field("link")
        let isPrimary = Column("is_primary", .flag).field("primary")
    }

    static let table = Table<Calendar>("calendar", Columns())
    static let type = RecordType("Calendar", of: table, .recordFields)
}
