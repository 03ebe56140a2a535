internal import GraphQL
internal import Postgres
internal import Records

/// A visit of a contact to a web page.
enum PageView: EventRecord {
    static let kind = TimelineKind.pageView

    struct Columns {
        let origin = Origin()
        let occurredAt = Column("occurred_at", .time).field("startedAt")
        let endedAt = Column("ended_at", .time, read: "coalesce(t.ended_at, t.occurred_at)").field("endedAt")
        let pageTitle = Column("page_title", .text).field("pageTitle")
        let pageURL = Column("page_url", .text).field("pageUrl")
        let application = Column("application", .text).field("application")
        let sessionID = Column("session_id", .text).field("sessionId")
        let orderInSession = Column("order_in_session", .whole).field("orderInSession")
        let engagedTime = Column("engaged_time", .whole).field("engagedTime")
    }

    static let table = Table<PageView>("page_view_record", visible: TimelineEvent.isThere, Columns())
    static let type = RecordType("PageView", of: table, .recordFieldsWithoutChange.filter { $0.name != "createdAt" })
}
