internal import GraphQL
internal import Postgres
internal import Records

/// What a session starts with, and the platform operator's operations on tenants.
enum SessionDomain: Domain {
    /// One row: the tenant with `user_id`, the acting user or null, and `is_platform_owner`.
    static let globalCache = Entity(
        "GlobalCache", table: "tenant",
        fields: [
            .column(
                "isOwner",
                """
                EXISTS (SELECT FROM organization o WHERE o.tenant_id = t.id AND o.owner_id = t.user_id AND o.state IN ('LIVE', 'HIDDEN'))
                """, .boolean),
            .constant("mailboxes", json: "[]"),
            .column("minARRForecastValue", forecast("min"), .float),
            .column("maxARRForecastValue", forecast("max"), .float),
            .column("contractsExist", "EXISTS (SELECT FROM contract c WHERE c.tenant_id = t.id)", .boolean),
            .column(
                "cdnLogoUrl",
                """
                coalesce((SELECT a.cdn_url FROM tenant_setting s JOIN attachment a ON a.tenant_id = s.tenant_id \
                AND a.id::text = lower(s.logo_repository_file_id) WHERE s.tenant_id = t.id), '')
                """, .text),
            .column("contactCities", places("locality"), .array(.text)),
            .column("contactRegions", places("region"), .array(.text)),
            .constant("isFirstLogin", json: "false"),
            .column("isPlatformOwner", "t.is_platform_owner", .boolean),
        ])

    private static func forecast(_ function: SQL) -> SQL {
        """
        coalesce((SELECT \(function)(o.renewal_arr) FROM organization o WHERE o.tenant_id = t.id AND o.state IN ('LIVE', 'HIDDEN')), 0)
        """
    }

    private static func places(_ column: SQL) -> SQL {
        """
        ARRAY(SELECT DISTINCT p.\(column) FROM contact c JOIN contact_location l ON l.tenant_id = c.tenant_id AND l.contact_id = c.id \
        JOIN location p ON p.tenant_id = l.tenant_id AND p.id = l.location_id \
        WHERE c.tenant_id = t.id AND c.state = 'LIVE' AND p.\(column) <> '' ORDER BY 1)
        """
    }

    private static let state = Entity(
        "GCliItem", table: "country_state", columns: ["id": "t.id"],
        fields: [
            .alias("id", of: "id", .identifier),
            .constant("type", json: "\"STATE\""),
            .column("display", "t.name", .text),
            .relation("data", stateCode),
        ])

    /// A state's only detail: its code.
    private static let stateCode = Relation(
        parentColumn: "id", from: "country_state t", key: "t.id", tenant: "$1::integer", condition: nil, order: nil, cardinality: .many,
        overrides: [:])

    private static let attribute = Entity(
        "GCliAttributeKeyValuePair", table: "country_state",
        fields: [.constant("key", json: "\"code\""), .column("value", "t.code", .text), .constant("display", json: "null")])

    private static let impersonated = Entity(
        "TenantImpersonateDetails", table: "tenant",
        fields: [
            .column("tenant", "t.name", .text), .column("createdBy", "t.created_by", .text), .column("personal", "t.personal", .boolean),
        ])

    static let entities = [state, attribute, impersonated]

    static let objects: [String: [String: FieldBinding]] = [
        "GlobalCache": globalCache.bindings.merging([
            "user": .resolved(ReadField.currentUser),
            "inactiveEmailTokens": .resolved(ReadField.nothing),
            "activeEmailTokens": .resolved(ReadField.nothing),
            "gCliCache": .resolved(
                ListingResolver(
                    Listing(
                        from: "country_state t",
                        condition: "$1::integer IS NOT NULL AND t.country_id = (SELECT id FROM country WHERE code_a2 = 'US')",
                        order: "t.name"))),
        ]) { $1 },
        "GlobalCacheEmailToken": ["email": .column("email", .text), "provider": .column("provider", .text)],
    ]

    static let queries: [String: FieldBinding] = [
        "global_Cache": .resolved(GlobalCacheResolver()),
        "version": .constant("1"),
        "tenant": .resolvedLeaf(TenantNameResolver(), .text),
        "tenant_impersonateList": .resolved(ImpersonateListResolver()),
    ]

    static let mutations: [String: FieldBinding] = [
        "tenant_hardDelete": .resolvedLeaf(HardDeleteTenant(), .boolean),
        "admin_tenant_hardDelete": .resolvedLeaf(HardDeleteTenant(), .boolean),
        "admin_addWorkspaceAccess": .resolvedLeaf(ChangeWorkspaceAccess(.add), .boolean),
        "admin_removeWorkspaceAccess": .resolvedLeaf(ChangeWorkspaceAccess(.remove), .boolean),
        "admin_switchCurrentWorkspace": .resolvedLeaf(SwitchWorkspace(), .boolean),
        "admin_tenant_AddDomainAsWorkspace": .resolvedLeaf(AddWorkspaceDomain(), .boolean),
    ]
}
