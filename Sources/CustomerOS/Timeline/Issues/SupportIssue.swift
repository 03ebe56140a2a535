internal import GraphQL
internal import Postgres
internal import Records

/// A support ticket, `Issue` in the schema. The testing library has a type called `Issue`.
enum SupportIssue: EventRecord {
    static let kind = TimelineKind.issue

    struct Columns {
        let origin = Origin()
        let subject = Column("subject", .text).field("subject").written()
        let status = Column("status", .text).field("issueStatus").written("status")
        let priority = Column("priority", .text).field("priority").written()
        let description = Column("description", .text).field("description").written()
    }

    static let table = Table<SupportIssue>("issue_record", visible: TimelineEvent.isThere, Columns())

    static let type = RecordType(
        "Issue", of: table,
        .recordFields + [
            .alias("status", of: table.status.name.text, .text),
            .relation("tags", Tag.self, TimelineEvent.tags.nullWhenEmpty),
            .relation(
                "interactionEvents", InteractionEvent.self, InteractionEvent.events(of: InteractionEvent.table.issue)),
            .relation("comments", IssueComment.self, .toMany("comment", by: "issue_id", order: "t.created_at, t.id")),
            .relation("submittedBy", oneOf: Participant.ofIssues, .participants("SUBMITTED_BY", cardinality: .one)),
            .relation("reportedBy", oneOf: Participant.ofIssues, .participants("REPORTED_BY", cardinality: .one)),
            .relation("assignedTo", oneOf: Participant.ofIssues, .participants("ASSIGNED_TO")),
            .relation("followedBy", oneOf: Participant.ofIssues, .participants("FOLLOWED_BY")),
            .relation("externalLinks", ExternalSystem.self, .externalLinks("timeline_event_id")),
        ])
}
