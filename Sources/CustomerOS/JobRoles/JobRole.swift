internal import GraphQL
internal import Postgres
internal import Records

/// What a person is or was at an organization: a contact's role, or a user's.
enum JobRole: Record {
    struct Columns {
        let origin = Origin()
        // Never null, since lists are sorted by it.
        let jobTitle = Column("job_title", .text, read: "nullif(t.job_title, '')").field("jobTitle").written()
        let description = Column("description", .text).field("description").written()
        let company = Column("company", .text).field("company").written()
        let primary = Column("is_primary", .flag).field("primary").written()
        let startedAt = Column("started_at", .time).field("startedAt").written()
        let endedAt = Column("ended_at", .time).field("endedAt").written()
        let contact = Column("contact_id", .id)
        let organization = Column("organization_id", .id)
    }

    static let table = Table<JobRole>("job_role", Columns())

    static let type = RecordType(
        "JobRole", of: table,
        .recordFields + [
            .toOne("contact", Contact.self, by: table.contact),
            .toOne("organization", Organization.self, by: table.organization),
        ])
}
