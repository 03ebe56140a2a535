internal import GraphQL
internal import Postgres
internal import Records

/// The statements that write users.
enum UserTable {
    static let patch = ColumnPatch(columns: [
        ColumnPatch.Column("firstName", "first_name"),
        ColumnPatch.Column("lastName", "last_name"),
        ColumnPatch.Column("name", "name"),
        ColumnPatch.Column("timezone", "timezone"),
        ColumnPatch.Column("profilePhotoUrl", "profile_photo_url"),
    ])

    /// `$1` tenant, `$2` id, `$3` application, then the values.
    static let insert = {
        let (columns, values) = patch.insertion(from: 4)
        return StatementText(
            "app_user.insert",
            """
            INSERT INTO app_user (tenant_id, id, app_source\(columns)) \
            VALUES ($1, $2::uuid, coalesce(nullif($3, ''), 'customer-os-api')\(values))
            """)
    }()

    private static let mine: SQL = "WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' RETURNING id"

    static let update = StatementText("app_user.update", "UPDATE app_user SET updated_at = now()\(patch.assignments(from: 3)) \(mine)")

    static let onboarding = ColumnPatch(columns: [
        ColumnPatch.Column("onboardingCrmStepCompleted", "onboarding_crm_step_completed", "boolean"),
        ColumnPatch.Column("onboardingInboundStepCompleted", "onboarding_inbound_step_completed", "boolean"),
        ColumnPatch.Column("onboardingMailstackStepCompleted", "onboarding_mailstack_step_completed", "boolean"),
        ColumnPatch.Column("onboardingOutboundStepCompleted", "onboarding_outbound_step_completed", "boolean"),
        ColumnPatch.Column("showOnboardingPage", "show_onboarding_page", "boolean"),
    ])

    static let updateOnboarding = StatementText(
        "app_user.update_onboarding", "UPDATE app_user SET updated_at = now()\(onboarding.assignments(from: 3)) \(mine)")

    /// Roles are a set: an existing one is not added twice.
    static let addRole = StatementText(
        "app_user.add_role",
        """
        UPDATE app_user SET roles = CASE WHEN $3 = ANY (roles) THEN roles ELSE roles || $3 END, \
        updated_at = CASE WHEN $3 = ANY (roles) THEN updated_at ELSE now() END \(mine)
        """)

    static let removeRole = StatementText(
        "app_user.remove_role",
        """
        UPDATE app_user SET roles = array_remove(roles, $3), \
        updated_at = CASE WHEN $3 = ANY (roles) THEN now() ELSE updated_at END \(mine)
        """)

    static let archive = StatementText(
        "app_user.archive", "UPDATE app_user SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now() \(mine)")

    /// `$1` tenant, `$2` id, `$3` user, `$4` organization, `$5` title, `$6` description, `$7` company, `$8` primary,
    /// `$9` start, `$10` end, `$11` application. Nothing is inserted if the organization is not a visible one.
    static let insertJobRole = StatementText(
        "job_role.insert_of_user",
        """
        INSERT INTO job_role (tenant_id, id, user_id, organization_id, job_title, description, company, is_primary, started_at, \
        ended_at, app_source) SELECT $1, $2::uuid, $3::uuid, $4::uuid, coalesce($5, ''), $6, $7, coalesce($8::boolean, false), \
        $9::timestamptz, $10::timestamptz, coalesce(nullif($11, ''), 'customer-os-api') \
        WHERE $4::uuid IS NULL OR EXISTS (\
        SELECT FROM organization WHERE tenant_id = $1 AND id = $4::uuid AND state IN ('LIVE', 'HIDDEN')) RETURNING id
        """)

    /// Adds a job role to a user created or locked by the caller.
    /// - Returns: Its id, or nil if there is no such organization.
    static func addJobRole(
        _ input: InputObject, to user: String, _ transaction: Transaction, _ context: RequestContext
    ) async throws -> String? {
        let organization = input.text("organizationId").flatMap { $0.isEmpty ? nil : $0 }
        guard organization.map(UUIDKey.isValid) ?? true else { return nil }
        let values = ["jobTitle", "description", "company", "primary", "startedAt", "endedAt", "appSource"].map { Parameter(input[$0]) }
        return try await transaction.run(
            Query(
                insertJobRole,
                [context.tenantParameter, .text(Identifiers.uuid()), .text(user), Parameter(text: organization)] + values), context
        ).firstText
    }
}
