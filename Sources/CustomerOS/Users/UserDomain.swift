internal import GraphQL
internal import Postgres

/// Users: the people of the tenant itself.
enum UserDomain: Domain {
    static let user = Entity(
        "User", table: "app_user", visible: "t.state = 'LIVE'", columns: .record.merging(onboarding.mapValues(\.0)) { $1 },
        fields: .recordFields + [
            .column("name", "coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name))", .text),
            .column("firstName", "t.first_name", .text),
            .column("lastName", "t.last_name", .text),
            .column("timezone", "t.timezone", .text),
            .column("profilePhotoUrl", "t.profile_photo_url", .text),
            .alias("profilePhotoUrlV2", of: "profilePhotoUrl", .text),
            .column("roles", "t.roles", .array(.enumeration)),
            .column("internal", "t.internal", .boolean),
            .column("bot", "t.bot", .boolean),
            .column("test", "t.test", .boolean),
            // Mailboxes and LinkedIn are connected by outside services, which a self-hosted server does not have.
            .constant("mailboxes", json: "[]"),
            .constant("hasLinkedInToken", json: "false"),
            .embedded("onboarding"),
            .relation("emails", .emails(of: "user")),
            .relation("phoneNumbers", .phoneNumbers(of: "user")),
            .relation("jobRoles", .toMany("job_role", by: "user_id", order: "t.job_title, t.created_at, t.id")),
        ])

    static let entities = [user]

    /// Which steps of the introduction a user has done: the columns of its fields.
    private static let onboarding: [String: (SQL, FieldBinding)] = [
        "onboardingCrmStepCompleted": ("t.onboarding_crm_step_completed", .column("onboardingCrmStepCompleted", .boolean)),
        "onboardingInboundStepCompleted": ("t.onboarding_inbound_step_completed", .column("onboardingInboundStepCompleted", .boolean)),
        "onboardingMailstackStepCompleted": (
            "t.onboarding_mailstack_step_completed", .column("onboardingMailstackStepCompleted", .boolean)
        ),
        "onboardingOutboundStepCompleted": ("t.onboarding_outbound_step_completed", .column("onboardingOutboundStepCompleted", .boolean)),
        "showOnboardingPage": ("t.show_onboarding_page", .column("showOnboardingPage", .boolean)),
    ]

    static let objects = ["UserOnboardingDetails": onboarding.mapValues(\.1)]
}
