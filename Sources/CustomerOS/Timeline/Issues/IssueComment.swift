internal import GraphQL
internal import Postgres
internal import Records

/// A comment on an issue.
enum IssueComment: Record {
    struct Columns {
        let origin = Origin()
        let content = Column("content", .text).field("content")
        let contentType = Column("content_type", .text).field("contentType")
        let createdBy = Column("created_by_id", .id)
    }

    static let table = Table<IssueComment>("comment", Columns())

    static let type = RecordType(
        "Comment", of: table,
        .recordFields + [
            .toOne("createdBy", User.self, by: table.createdBy),
            .relation("externalLinks", ExternalSystem.self, .externalLinks("comment_id")),
        ])
}
