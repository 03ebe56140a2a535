internal import GraphQL
internal import Postgres
internal import Records

/// A person who works for the tenant.
enum User: Record {
    struct Columns {
        let firstName = Column("first_name", .text).field("firstName").written()
            .sorted("FIRST_NAME", ignoringCase: true).filtered("FIRST_NAME", .name)
        let lastName = Column("last_name", .text).field("lastName").written()
            .sorted("LAST_NAME", ignoringCase: true).filtered("LAST_NAME", .name)
        let name = Column("name", .text, read: "nullif(\(fullName), '')").field("name").written()
            .sorted("NAME", by: fullName, ignoringCase: true).filtered("NAME", .name, by: fullName)
        let createdAt = Column.createdAt.sorted("CREATED_AT", indexed: true).filtered("CREATED_AT")
        let updatedAt = Column.updatedAt.sorted("UPDATED_AT").filtered("UPDATED_AT")
        let source = Column.source.sorted("SOURCE", by: "t.source").filtered("SOURCE", by: "t.source")
        let appSource = Column.appSource.sorted("APP_SOURCE").filtered("APP_SOURCE")
        let roles = Column("roles", .texts).field("roles", as: .array(.enumeration)).sorted("ROLES")
            .filtered("ROLES", among: roleWords, by: "r.role", elements: "unnest(t.roles) r (role)")
        let timezone = Column("timezone", .text, read: "nullif(t.timezone, '')").field("timezone").written()
            .sorted("TIMEZONE", by: "t.timezone", ignoringCase: true).filtered("TIMEZONE", by: "t.timezone")
        let profilePhotoUrl = Column("profile_photo_url", .text).field("profilePhotoUrl").written()
            .sorted("PROFILE_PHOTO_URL", ignoringCase: true).filtered("PROFILE_PHOTO_URL")
        let id = Column.id.filtered("ID")
        let isInternal = Column("internal", .flag).field("internal")
        let isBot = Column("bot", .flag).field("bot")
        let isTest = Column("test", .flag).field("test")
        let crmStep = UserOnboarding.table.crmStep.withoutFacets
        let inboundStep = UserOnboarding.table.inboundStep.withoutFacets
        let mailstackStep = UserOnboarding.table.mailstackStep.withoutFacets
        let outboundStep = UserOnboarding.table.outboundStep.withoutFacets
        let showsOnboarding = UserOnboarding.table.showsOnboarding.withoutFacets
    }

    static let table = Table<User>(
        "app_user", visible: "t.state = 'LIVE'", Columns(), filters: FilterProperty.addresses(of: "user"))

    static let type = RecordType(
        "User", of: table,
        .recordFields + [
            .alias("profilePhotoUrlV2", of: table.profilePhotoUrl),
            // Outside services connect mailboxes and LinkedIn, which a self-hosted server does not have.
            .constant("mailboxes", json: "[]"),
            .bound("mailboxesV2", .resolved(ReadField.nothing)),
            .constant("hasLinkedInToken", json: "false"),
            .embedded("onboarding"),
            .relation("emails", Email.self, .emails(of: "user")),
            .relation("phoneNumbers", PhoneNumber.self, .phoneNumbers(of: "user")),
            .relation("jobRoles", JobRole.self, .toMany("job_role", by: "user_id", order: "t.job_title, t.created_at, t.id")),
            .relation("calendars", Calendar.self, .toMany("calendar", by: "user_id", order: "t.created_at, t.id")),
        ])

    private static let fullName: SQL = "coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name))"

    private static let roleWords = ["USER", "OWNER", "ADMIN", "PLATFORM_OWNER", "IMPERSONATED"]

    /// A user who can be an owner.
    static let lockOwner = Statement<ID<User>, ID<User>>("app_user.owner") { id in
        """
        SELECT id FROM app_user WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state = 'LIVE' AND NOT internal AND NOT bot
        FOR KEY SHARE
        """
    }

    /// Ends an update of one user: it returns a row if there is one.
    static func only<Input>(_ id: Placeholder, _ p: Parameters<Input>) -> SQL {
        "WHERE tenant_id = \(p.tenant) AND id = \(id) AND state = 'LIVE' RETURNING id"
    }
}
