internal import Postgres
internal import Records

/// The pages of organizations, and what they can be sorted and filtered by. The table is `t`.
enum OrganizationList {
    static let all = Page(
        scope: .tenant, from: "organization t", condition: "t.tenant_id = $1", sortKeys: sortKeys, filterProperties: filterProperties,
        count: """
            SELECT coalesce(sum(count), 0) FROM kept_count_now \
            WHERE tenant_id = $1 AND subject = 'organization' AND state IN ('LIVE', 'HIDDEN')
            """)

    /// The organizations of a contact, through its job roles.
    static let ofContact = Page(
        scope: .parent(key: "j.contact_id"),
        from: """
            (SELECT DISTINCT tenant_id, contact_id, organization_id FROM job_role \
            WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]) AND organization_id IS NOT NULL) j \
            JOIN organization t ON t.tenant_id = j.tenant_id AND t.id = j.organization_id
            """,
        condition: "t.tenant_id = $1", sortKeys: sortKeys, filterProperties: filterProperties,
        count: """
            SELECT j.contact_id, count(DISTINCT j.organization_id) FROM job_role j \
            JOIN organization t ON t.tenant_id = j.tenant_id AND t.id = j.organization_id AND t.state IN ('LIVE', 'HIDDEN') \
            WHERE j.tenant_id = $1 AND j.contact_id = ANY ($2::uuid[]) GROUP BY j.contact_id
            """)

    private static let sortKeys = [
        SortKey("NAME", "t.name", ignoresCase: true, isIndexed: true),
        SortKey("DESCRIPTION", "t.description", ignoresCase: true),
        SortKey("WEBSITE", "t.website", ignoresCase: true),
        SortKey("INDUSTRY", "t.industry", ignoresCase: true),
        SortKey("REFERENCE_ID", "t.reference_id", ignoresCase: true),
        SortKey("CUSTOMER_ID", "t.reference_id", ignoresCase: true),
        SortKey("LEAD_SOURCE", "t.lead_source", ignoresCase: true),
        SortKey("CUSTOMER_OS_ID", "t.customer_os_id"),
        SortKey("RELATIONSHIP", "t.relationship"),
        SortKey("STAGE", "t.stage"),
        SortKey("LAST_TOUCHPOINT_AT", "t.last_touchpoint_at", isIndexed: true),
        SortKey("LAST_TOUCHPOINT_ID", "t.last_touchpoint_id"),
        SortKey("LAST_TOUCHPOINT_TYPE", "t.last_touchpoint_type"),
        SortKey("RENEWAL_DATE", "t.next_renewal_at", isIndexed: true),
        SortKey(
            "RENEWAL_LIKELIHOOD",
            "CASE t.renewal_likelihood WHEN 'ZERO' THEN 10 WHEN 'LOW' THEN 20 WHEN 'MEDIUM' THEN 30 WHEN 'HIGH' THEN 40 END"),
        SortKey("CHURN_DATE", "t.churned_at"),
        SortKey("LTV", "t.lifetime_value"),
        SortKey("LTV_CURRENCY", "t.lifetime_value_currency"),
        SortKey("CREATED_AT", "t.created_at", isIndexed: true),
        SortKey("UPDATED_AT", "t.updated_at", isIndexed: true),
        SortKey("EMPLOYEES", "t.employees"),
        SortKey("YEAR_FOUNDED", "t.year_founded"),
        SortKey("HIDE", "t.state = 'HIDDEN'"),
        SortKey("ICP_FIT", "t.icp_fit"),
    ]

    private static let filterProperties: [FilterProperty] =
        [
            .text("NAME", "t.name", .name),
            .text("DESCRIPTION", "t.description"),
            .text("WEBSITE", "t.website"),
            .text("INDUSTRY", "t.industry"),
            .text("REFERENCE_ID", "t.reference_id"),
            .text("CUSTOMER_ID", "t.reference_id"),
            .text("LEAD_SOURCE", "t.lead_source"),
            .text("CUSTOMER_OS_ID", "t.customer_os_id", .exact),
            .enumeration("RELATIONSHIP", "t.relationship", OrganizationRelationship.words),
            .enumeration("STAGE", "nullif(t.stage, '')", OrganizationStage.words),
            .time("LAST_TOUCHPOINT_AT", "t.last_touchpoint_at"),
            .identifier("LAST_TOUCHPOINT_ID", "t.last_touchpoint_id"),
            .enumeration(
                "LAST_TOUCHPOINT_TYPE", "t.last_touchpoint_type",
                [
                    "PAGE_VIEW", "INTERACTION_SESSION", "NOTE", "INTERACTION_EVENT_EMAIL_SENT", "INTERACTION_EVENT_EMAIL_RECEIVED",
                    "INTERACTION_EVENT_PHONE_CALL", "INTERACTION_EVENT_CHAT", "MEETING", "ACTION_CREATED", "ACTION", "LOG_ENTRY",
                    "ISSUE_CREATED", "ISSUE_UPDATED",
                ]),
            .time("RENEWAL_DATE", "t.next_renewal_at"),
            .enumeration(
                "RENEWAL_LIKELIHOOD", "(t.renewal_likelihood || '_RENEWAL')",
                ["HIGH_RENEWAL", "MEDIUM_RENEWAL", "LOW_RENEWAL", "ZERO_RENEWAL"]),
            .time("CHURN_DATE", "t.churned_at"),
            .number("LTV", "t.lifetime_value"),
            .enumeration(
                "LTV_CURRENCY", "t.lifetime_value_currency",
                [
                    "USD", "EUR", "GBP", "RON", "AUD", "BRL", "CAD", "CHF", "CNY", "HKD", "INR", "JPY", "KRW", "MXN", "NOK", "NZD", "SEK",
                    "SGD", "TRY", "ZAR",
                ]),
            .time("CREATED_AT", "t.created_at"),
            .time("UPDATED_AT", "t.updated_at"),
            .number("EMPLOYEES", "t.employees"),
            .number("YEAR_FOUNDED", "t.year_founded"),
            .flag("HIDE", "(t.state = 'HIDDEN')"),
            .flag("ICP_FIT", "t.icp_fit"),
            .identifier("ID", "t.id"),
            .identifier("OWNER_ID", "t.owner_id"),
            .text("DOMAIN", "d.domain", .hostName)
                .of(FilterProperty.Related(rows: "organization_domain d WHERE d.tenant_id = $1", owner: "d.organization_id")),
        ] + FilterProperty.tags(of: "organization") + FilterProperty.addresses(of: "organization")
        + FilterProperty.locations(of: "organization")
}
