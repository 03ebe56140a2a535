internal import GraphQL
internal import Postgres
internal import Records

/// Attachments: the records of files.
enum AttachmentDomain: Domain {
    private static let attachment = Entity(
        "Attachment", table: "attachment", columns: .record,
        fields: .recordFieldsWithoutChange + [
            .column("basePath", "t.base_path", .text),
            .column("cdnUrl", "t.cdn_url", .text),
            .column("fileName", "t.file_name", .text),
            .column("mimeType", "t.mime_type", .text),
            .column("size", "t.size", .int64),
        ])

    static let entities = [attachment]

    static let queries: [String: FieldBinding] = [
        "attachment": .lookup(.byID("attachment") { "Attachment with id \($0) not found" })
    ]

    static let mutations: [String: FieldBinding] = ["attachment_Create": .resolved(CreateAttachment())]
}

extension Relation {
    /// The attachments of timeline events; `relation` is their role.
    static func attachments(_ relation: SQL, cardinality: Relation.Cardinality = .many) -> Relation {
        .through(
            "timeline_event_attachment", "timeline_event_id", "attachment_id", "attachment", where: "l.relation = '\(relation)'",
            order: "l.created_at, t.id", cardinality: cardinality)
    }
}
