internal import Postgres
internal import Records

/// The onboarding steps that a user has completed: columns of the user's row.
enum UserOnboarding: Record {
    struct Columns {
        let crmStep = Column("onboarding_crm_step_completed", .flag).field("onboardingCrmStepCompleted").written()
        let inboundStep = Column("onboarding_inbound_step_completed", .flag).field("onboardingInboundStepCompleted").written()
        let mailstackStep = Column("onboarding_mailstack_step_completed", .flag).field("onboardingMailstackStepCompleted").written()
        let outboundStep = Column("onboarding_outbound_step_completed", .flag).field("onboardingOutboundStepCompleted").written()
        let showsOnboarding = Column("show_onboarding_page", .flag).field("showOnboardingPage").written()
    }

    static let table = Table<UserOnboarding>("app_user", Columns())
    static let type = RecordType("UserOnboardingDetails", of: table, [])
}
