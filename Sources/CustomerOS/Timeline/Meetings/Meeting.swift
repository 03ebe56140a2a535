internal import GraphQL
internal import Postgres
internal import Records

/// A meeting.
enum Meeting: EventRecord {
    static let kind = TimelineKind.meeting

    struct Columns {
        let origin = Origin()
        let name = Column("name", .text).field("name").written(initial: "NULL").sorted("NAME", ignoringCase: true)
            .filtered("NAME", .name)
        let startedAt = Column("started_at", .time).field("startedAt")
        let endedAt = Column("ended_at", .time).field("endedAt").written(initial: "now()")
        let conferenceURL = Column("conference_url", .text).field("conferenceUrl").written()
        let meetingExternalURL = Column("meeting_external_url", .text).field("meetingExternalUrl").written()
        let agenda = Column("agenda", .text).field("agenda").written()
        let agendaContentType = Column("agenda_content_type", .text).field("agendaContentType").written()
        let status = Column("status", .word).field("status").written(initial: "'UNDEFINED'")
    }

    static let table = Table<Meeting>("meeting_record", visible: TimelineEvent.isThere, Columns())

    static let type = RecordType(
        "Meeting", of: table,
        .recordFields + [
            .relation("attendedBy", oneOf: Participant.ofMeetings, .participants("ATTENDED_BY")),
            .relation("createdBy", oneOf: Participant.ofMeetings, .participants("CREATED_BY")),
            .relation("includes", Attachment.self, .attachments("INCLUDES")),
            .relation("recording", Attachment.self, .attachments("RECORDING", cardinality: .one)),
            .relation("note", Note.self, Note.ofMeetings),
            .relation("events", InteractionEvent.self, InteractionEvent.events(of: InteractionEvent.table.meeting)),
            .relation("externalSystem", ExternalSystem.self, .externalLinks("timeline_event_id")),
        ])
}
