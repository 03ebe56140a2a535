internal import GraphQL
internal import Postgres
internal import Records

/// `organization_UpdateOnboardingStatus`: the onboarding status. A change is a timeline event.
final class UpdateOnboardingStatus: ObjectMutation, @unchecked Sendable {
    private static let lock = StatementText(
        "organization.lock_onboarding",
        """
        SELECT onboarding_status FROM organization \
        WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN') FOR NO KEY UPDATE
        """)

    private static let update = StatementText(
        "organization.update_onboarding",
        """
        UPDATE organization SET onboarding_status = $3, onboarding_comments = $4, onboarding_changed_at = now(), updated_at = now() \
        WHERE tenant_id = $1 AND id = $2::uuid
        """)

    /// `$3` the event's id, `$4` the acting user, `$5` status, `$6` comments, `$7` the status in words. The event is on
    /// no other organization's timeline.
    private static let record = StatementText(
        "organization.onboarding_changed",
        """
        WITH event AS (INSERT INTO timeline_event (tenant_id, id, kind) VALUES ($1, $3::uuid, 'ACTION') RETURNING *), \
        change AS (INSERT INTO action (tenant_id, id, organization_id, created_by_id, type, content, metadata) \
        SELECT event.tenant_id, event.id, $2::uuid, u.id, 'ONBOARDING_STATUS_CHANGED', \
        CASE WHEN u.id IS NULL THEN 'The onboarding status was automatically set to ' \
        ELSE coalesce(nullif(u.name, ''), trim(u.first_name || ' ' || u.last_name)) || ' changed the onboarding status to ' END || $7, \
        jsonb_build_object('status', $5::text, 'comments', $6::text, 'userId', coalesce(u.id::text, ''), 'contractId', '') \
        FROM event LEFT JOIN app_user u ON u.tenant_id = event.tenant_id AND u.id = $4::uuid) \
        INSERT INTO organization_timeline (tenant_id, timeline_event_id, organization_id, kind, occurred_at) \
        SELECT tenant_id, id, $2::uuid, kind, occurred_at FROM event
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let id = input.text("organizationId") ?? ""
        let status = input.text("status") ?? ""
        let comments = input.text("comments") ?? ""
        let tenant = context.tenantParameter
        let failure = FieldError("Failed to update onboarding status for organization \(id)", code: .notFound)
        guard UUIDKey.isValid(id) else { throw failure }
        let stored = try await transaction.run(Query(Self.lock, [tenant, .text(id)]), context)
        guard stored.rowCount == 1 else { throw failure }
        var queries = [Query(Self.update, [tenant, .text(id), .text(status), .text(comments)])]
        if stored.text(0, 0) != status {
            let event = Identifiers.uuid()
            queries.append(
                Query(
                    Self.record,
                    [
                        tenant, .text(id), .text(event), Parameter(text: context.principal.userID), .text(status), .text(comments),
                        .text(Self.words(status)),
                    ]))
        }
        try await transaction.run(queries, context)
        return id
    }

    /// `ON_TRACK` is "On track".
    private static func words(_ status: String) -> String {
        String(status.prefix(1)) + String(status.dropFirst().lowercased().map { $0 == "_" ? " " : $0 })
    }
}
