internal import GraphQL
internal import Postgres
internal import Records

/// Users: the people of the tenant itself.
enum UserDomain: Domain {
    static let user = Entity(
        "User", table: "app_user", visible: "t.state = 'LIVE'", columns: .record.merging(onboarding.mapValues(\.0)) { $1 },
        fields: .recordFields + [
            .column("name", "nullif(\(UserList.fullName), '')", .text),
            .column("firstName", "t.first_name", .text),
            .column("lastName", "t.last_name", .text),
            .column("timezone", "nullif(t.timezone, '')", .text),
            .column("profilePhotoUrl", "t.profile_photo_url", .text),
            .alias("profilePhotoUrlV2", of: "profilePhotoUrl", .text),
            .column("roles", "t.roles", .array(.enumeration)),
            .column("internal", "t.internal", .boolean),
            .column("bot", "t.bot", .boolean),
            .column("test", "t.test", .boolean),
            // Outside services connect mailboxes and LinkedIn, which a self-hosted server does not have.
            .constant("mailboxes", json: "[]"),
            .resolved("mailboxesV2", NoneResolver()),
            .constant("hasLinkedInToken", json: "false"),
            .embedded("onboarding"),
            .relation("emails", .emails(of: "user")),
            .relation("phoneNumbers", .phoneNumbers(of: "user")),
            .relation("jobRoles", .toMany("job_role", by: "user_id", order: "t.job_title, t.created_at, t.id")),
            .relation("calendars", .toMany("calendar", by: "user_id", order: "t.created_at, t.id")),
        ])

    private static let calendar = Entity(
        "Calendar", table: "calendar", columns: .record,
        fields: .recordFields + [
            .column("calType", "t.type", .enumeration),
            .column("link", "nullif(t.link, '')", .text),
            .column("primary", "t.is_primary", .boolean),
        ])

    /// The user of a new job role, and that role: a row of `job_role`.
    private static let customerUser = Entity(
        "CustomerUser", table: "job_role", columns: ["id": "t.user_id", "job_role_id": "t.id"],
        fields: [.alias("id", of: "id", .identifier), .relation("jobRole", .toOne("job_role_id", "job_role"))])

    private static let customerJobRole = Entity(
        "CustomerJobRole", table: "job_role", columns: ["id": "t.id"], fields: [.alias("id", of: "id", .identifier)])

    static let entities = [user, calendar, customerUser, customerJobRole]

    static let queries: [String: FieldBinding] = [
        "user": .lookup(.byID("app_user") { "User with id \($0) not found" }),
        "users": .page(page),
        "user_ByEmail": .lookup(userByEmail),
        "user_Current": .resolved(CurrentUserResolver()),
        "users_WithMailboxes": .resolved(NoneResolver()),
    ]

    static let mutations: [String: FieldBinding] = [
        "user_Create": .resolved(CreateUser()),
        "user_Update": .resolved(UpdateUser()),
        "user_AddRole": .resolved(ChangeRole(.add)),
        "user_RemoveRole": .resolved(ChangeRole(.remove)),
        "user_AddRoleInTenant": .resolved(ChangeRole(.add)),
        "user_RemoveRoleInTenant": .resolved(ChangeRole(.remove)),
        "user_Delete": .resolved(DeleteUser()),
        "user_DeleteInTenant": .resolved(DeleteUser()),
        "user_UpdateOnboardingDetails": .resolved(UpdateOnboardingDetails()),
        "customer_user_AddJobRole": .resolved(AddUserJobRole()),
    ]

    /// People, not platform or machine accounts.
    private static let page = Page(
        scope: .tenant, from: "app_user t", condition: "t.tenant_id = $1 AND NOT t.internal AND NOT t.bot",
        sortKeys: UserList.sortKeys, filterProperties: UserList.filterProperties,
        count: "SELECT count(*) FROM app_user t WHERE t.tenant_id = $1 AND t.state = 'LIVE' AND NOT t.internal AND NOT t.bot")

    /// The user with the address, as entered or as normalised; of several the oldest.
    private static let userByEmail = Lookup(
        from: "app_user t",
        condition: """
            t.tenant_id = $1 AND t.id = ANY (ARRAY(SELECT l.user_id FROM user_email l \
            WHERE l.tenant_id = $1 AND l.email_id = ANY (ARRAY(\
            SELECT e.id FROM email e WHERE e.tenant_id = $1 AND fold(e.raw_email) = fold($2) UNION ALL \
            SELECT e.id FROM email e WHERE e.tenant_id = $1 AND e.email <> '' AND fold(e.email) = fold($2)))))
            """,
        order: "t.created_at, t.id", argument: "email", miss: { "User with email \($0) not identified" }
    ) { text in
        let address = EmailAddress.comparable(text)
        return address.isEmpty ? nil : .text(address)
    }

    /// The onboarding steps a user has completed: the columns of its fields.
    private static let onboarding: [String: (SQL, FieldBinding)] = [
        "onboardingCrmStepCompleted": ("t.onboarding_crm_step_completed", .column("onboardingCrmStepCompleted", .boolean)),
        "onboardingInboundStepCompleted": ("t.onboarding_inbound_step_completed", .column("onboardingInboundStepCompleted", .boolean)),
        "onboardingMailstackStepCompleted": (
            "t.onboarding_mailstack_step_completed", .column("onboardingMailstackStepCompleted", .boolean)
        ),
        "onboardingOutboundStepCompleted": ("t.onboarding_outbound_step_completed", .column("onboardingOutboundStepCompleted", .boolean)),
        "showOnboardingPage": ("t.show_onboarding_page", .column("showOnboardingPage", .boolean)),
    ]

    static let objects = [
        "UserOnboardingDetails": onboarding.mapValues(\.1), "UserPage": FieldBinding.page(totalAvailable: false),
        // There are none: a mail service would provide them.
        "MailstackMailbox": [
            "mailbox": .column("mailbox", .text), "provider": .column("provider", .enumeration),
            "needsManualRefresh": .column("needsManualRefresh", .boolean), "rampUpCurrent": .column("rampUpCurrent", .int),
            "rampUpMax": .column("rampUpMax", .int), "rampUpRate": .column("rampUpRate", .int),
            "usedInFlows": .column("usedInFlows", .boolean),
        ],
    ]
}
