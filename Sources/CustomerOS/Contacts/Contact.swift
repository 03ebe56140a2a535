internal import GraphQL
internal import Postgres
internal import Records

/// A person the tenant knows.
enum Contact: Record {
    struct Columns {
        let prefix = Column("prefix", .text).field("prefix").written()
            .sorted("PREFIX", ignoringCase: true).filtered("PREFIX").merged(.firstFilled).imported("prefix")
        let name = Column("name", .text).field("name")
            .sorted("NAME", ignoringCase: true, indexed: true).filtered("NAME", .name)
            .merged(.firstFilled).imported("name")
        let firstName = Column("first_name", .text).field("firstName")
            .sorted("FIRST_NAME", ignoringCase: true, indexed: true).filtered("FIRST_NAME", .name)
            .merged(.firstFilled).imported("firstName")
        let lastName = Column("last_name", .text).field("lastName")
            .sorted("LAST_NAME", ignoringCase: true, indexed: true).filtered("LAST_NAME", .name)
            .merged(.firstFilled).imported("lastName")
        let description = Column("description", .text).field("description").written()
            .sorted("DESCRIPTION", ignoringCase: true).filtered("DESCRIPTION")
            .merged(.firstFilled).imported("description")
        let timezone = Column("timezone", .text).field("timezone").written()
            .sorted("TIMEZONE", ignoringCase: true).filtered("TIMEZONE").merged(.firstFilled).imported("timezone")
        let profilePhotoURL = Column("profile_photo_url", .text).field("profilePhotoUrl").written()
            .sorted("PROFILE_PHOTO_URL", ignoringCase: true).filtered("PROFILE_PHOTO_URL").merged(.firstFilled)
            .imported("profilePhotoUrl")
        let username = Column("username", .text).field("username").written()
            .sorted("USERNAME", ignoringCase: true).filtered("USERNAME").merged(.firstFilled).imported("username")
        let createdAt = Column.createdAt.sorted("CREATED_AT", indexed: true).filtered("CREATED_AT")
        let updatedAt = Column.updatedAt.sorted("UPDATED_AT", indexed: true).filtered("UPDATED_AT")
        let isHidden = Column("state", .flag, read: "t.state = 'HIDDEN'").field("hide").sorted("HIDE")
            .filtered("HIDE", by: "(t.state = 'HIDDEN')")
        let id = Column.id.filtered("ID")
        let owner = Column("owner_id", .id).filtered("OWNER_ID").merged(.firstKnown)
        let source = Column.source
        let appSource = Column.appSource
        let enrichment = Enrichment()
    }

    static let table = Table<Contact>(
        "contact", visible: "t.state IN ('LIVE', 'HIDDEN')", Columns(),
        filters: FilterProperty.addresses(of: "contact") + FilterProperty.tags(of: "contact")
            + FilterProperty.locations(of: "contact"))

    static let type = RecordType(
        "Contact", of: table,
        .metadata + .recordFields + [
            .constant("title", json: "null"),
            .constant("label", json: "null"),
            .embedded("enrichDetails"),
            .toOne("owner", User.self, by: table.owner),
            .relation("primaryEmail", Email.self, .emails(of: "contact", primaryOnly: true)),
            .relation("emails", Email.self, .emails(of: "contact")),
            .relation("phoneNumbers", PhoneNumber.self, .phoneNumbers(of: "contact")),
            .relation(
                "jobRoles", JobRole.self,
                .toMany("job_role", by: "contact_id", order: "t.job_title, t.created_at, t.id")),
            .relation("latestOrganizationWithJobRole", OrganizationWithJobRole.self, OrganizationWithJobRole.latest),
            .relation(
                "locations", Location.self,
                .through(
                    "contact_location", "contact_id", "location_id", "location", order: "t.name, t.created_at, t.id")),
            .relation(
                "socials", Social.self,
                .through("contact_social", "contact_id", "social_id", "social", order: "t.url, t.created_at, t.id")),
            .relation(
                "tags", Tag.self,
                .through("contact_tag", "contact_id", "tag_id", "tag", order: "l.tagged_at, t.name, t.id")),
            .relation("connectedUsers", User.self, connectedUsers),
            .relation(
                "customFields", CustomField.self,
                .toMany("custom_field", by: "contact_id", order: "t.name, t.data_type, t.id")),
            Organization.pageOfContact,
            .bound("timelineEvents", .resolved(ReadField.timeline(.contact))),
            .bound("timelineEventsTotalCount", .resolvedLeaf(ReadField.timelineCount(.contact), .int64)),
        ])

    /// The users who took part, as themselves or through an address, in an event on the contact's timeline.
    private static let connectedUsers = Relation(
        parentColumn: "id",
        from: """
            (SELECT c.tenant_id, c.contact_id, p.user_id FROM contact_timeline c \
            JOIN timeline_event_participant p ON p.tenant_id = c.tenant_id \
            AND p.timeline_event_id = c.timeline_event_id \
            WHERE c.tenant_id = $1 AND c.contact_id = ANY ($2::uuid[]) AND p.user_id IS NOT NULL UNION \
            SELECT c.tenant_id, c.contact_id, u.user_id FROM contact_timeline c \
            JOIN timeline_event_participant p ON p.tenant_id = c.tenant_id \
            AND p.timeline_event_id = c.timeline_event_id \
            JOIN user_email u ON u.tenant_id = p.tenant_id AND u.email_id = p.email_id \
            WHERE c.tenant_id = $1 AND c.contact_id = ANY ($2::uuid[])) l \
            JOIN app_user t ON t.tenant_id = l.tenant_id AND t.id = l.user_id
            """,
        key: "l.contact_id", tenant: "l.tenant_id", condition: nil, order: "t.first_name, t.last_name, t.id",
        cardinality: .many,
        overrides: [:])
}
