internal import GraphQL
internal import Postgres
internal import Records

/// An event told in Markdown.
enum MarkdownEvent: EventRecord {
    static let kind = TimelineKind.markdownEvent

    struct Columns {
        let origin = Origin()
        let content = Column("content", .text).field("content")
    }

    static let table = Table<MarkdownEvent>("markdown_event_record", visible: TimelineEvent.isThere, Columns())
    static let type = RecordType("MarkdownEvent", of: table, .metadata)
}
