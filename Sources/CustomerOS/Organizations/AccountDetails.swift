internal import GraphQL
internal import Postgres
internal import Records

/// The business with an organization: its renewals, its onboarding, and what it was worth. The columns, and the objects
/// made from them.
struct AccountDetails: Sendable {
    let nextRenewalAt = Column("next_renewal_at", .time).sorted("RENEWAL_DATE", indexed: true).filtered("RENEWAL_DATE")
    let renewalLikelihood = Column("renewal_likelihood", .word, read: "t.renewal_likelihood || '_RENEWAL'")
        .sorted(
            "RENEWAL_LIKELIHOOD",
            by: """
                CASE t.renewal_likelihood WHEN 'ZERO' THEN 10 WHEN 'LOW' THEN 20 WHEN 'MEDIUM' THEN 30 \
                WHEN 'HIGH' THEN 40 END
                """
        )
        .filtered(
            "RENEWAL_LIKELIHOOD", among: RenewalLikelihood.allCases.map(\.rawValue),
            by: "(t.renewal_likelihood || '_RENEWAL')")
    let churnedAt = Column("churned_at", .time).sorted("CHURN_DATE").filtered("CHURN_DATE")
    let lifetimeValue = Column("lifetime_value", .decimal).sorted("LTV").filtered("LTV")
    let lifetimeValueCurrency = Column("lifetime_value_currency", .word).sorted("LTV_CURRENCY")
        .filtered(
            "LTV_CURRENCY",
            among: [
                "USD", "EUR", "GBP", "RON", "AUD", "BRL", "CAD", "CHF", "CNY", "HKD", "INR", "JPY", "KRW", "MXN", "NOK",
                "NZD",
                "SEK", "SGD", "TRY", "ZAR",
            ])
    let renewalAmount = Column("renewal_arr", .decimal, read: "coalesce(t.renewal_arr, 0)")
    let renewalMaxAmount = Column("renewal_max_arr", .decimal, read: "coalesce(t.renewal_max_arr, 0)")
    let onboardingStatus = Column("onboarding_status", .word)
    let onboardingComments = Column("onboarding_comments", .text)
    let onboardingChangedAt = Column("onboarding_changed_at", .time)

    static let objects: [Feature.Part] = [
        .object(
            "OrgAccountDetails",
            [
                "renewalSummary": .embedded(),
                "onboarding": .embedded(),
                "churned": .column("churned_at", .time),
                "ltv": .column("lifetime_value", .float),
                "ltvCurrency": .column("lifetime_value_currency", .enumeration),
            ]),
        .object(
            "RenewalSummary",
            [
                "arrForecast": .column("renewal_arr", .float),
                "maxArrForecast": .column("renewal_max_arr", .float),
                "renewalLikelihood": .column("renewal_likelihood", .enumeration),
                "nextRenewalDate": .column("next_renewal_at", .time),
            ]),
        .object(
            "OnboardingDetails",
            [
                "status": .column("onboarding_status", .enumeration),
                "comments": .column("onboarding_comments", .text),
                "updatedAt": .column("onboarding_changed_at", .time),
            ]),
    ]
}
