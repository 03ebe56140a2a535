internal import GraphQL
internal import Postgres
internal import Records

/// The record of a file, whose bytes are kept elsewhere.
enum Attachment: Record {
    struct Columns {
        let origin = Origin()
        let basePath = Column("base_path", .text).field("basePath")
        let cdnUrl = Column("cdn_url", .text).field("cdnUrl")
        let fileName = Column("file_name", .text).field("fileName")
        let mimeType = Column("mime_type", .text).field("mimeType")
        let size = Column("size", .whole).field("size")
    }

    static let table = Table<Attachment>("attachment", Columns())
    static let type = RecordType("Attachment", of: table, .recordFieldsWithoutChange)

    /// Finds an attachment, which cannot be deleted until the change is done.
    static let share = Statement<ID<Attachment>, ID<Attachment>>("attachment.share") { id in
        "SELECT id FROM attachment WHERE tenant_id = \(id.tenant) AND id = \(id.value) FOR KEY SHARE"
    }
}

extension Relation {
    /// The attachments of timeline events; `relation` is their role.
    static func attachments(_ relation: SQL, cardinality: Relation.Cardinality = .many) -> Relation {
        .through(
            "timeline_event_attachment", "timeline_event_id", "attachment_id", "attachment", where: "l.relation = '\(relation)'",
            order: "l.created_at, t.id", cardinality: cardinality)
    }
}
