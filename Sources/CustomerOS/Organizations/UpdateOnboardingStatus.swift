internal import GraphQL
internal import Postgres
internal import Records

/// `organization_UpdateOnboardingStatus`: the onboarding status. A change is a timeline event.
struct UpdateOnboardingStatus: Change {
    static let fields = ["organization_UpdateOnboardingStatus"]

    struct Input: Decodable {
        let organizationId: ID<Organization>
        let status: OnboardingStatus
        let comments: String?
    }

    private static let lock = Statement<ID<Organization>, String>("organization.lock_onboarding") { id in
        """
        SELECT onboarding_status FROM organization
        WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state IN ('LIVE', 'HIDDEN') FOR NO KEY UPDATE
        """
    }

    private static let update = Statement<(id: ID<Organization>, status: OnboardingStatus, comments: String), Void>(
        "organization.update_onboarding"
    ) { p in
        let (id, status, comments) = (p.id, p.status, p.comments)
        return """
            UPDATE organization SET onboarding_status = \(bare: status), onboarding_comments = \(bare: comments),
            onboarding_changed_at = now(), updated_at = now() WHERE tenant_id = \(p.tenant) AND id = \(id)
            """
    }

    private struct Event {
        let organization: ID<Organization>
        let id: ID<OrganizationEvent>
        let status: OnboardingStatus
        let comments: String
        /// The status in words.
        let words: String
    }

    private static let record = Statement<Event, Void>("organization.onboarding_changed") { p in
        let (organization, id, actor) = (p.organization, p.id, p.actor)
        let (status, comments, words) = (p.status, p.comments, p.words)
        return """
            WITH event AS (INSERT INTO timeline_event (tenant_id, id, kind)
            VALUES (\(p.tenant), \(id), 'ACTION') RETURNING *),
            change AS (INSERT INTO action (tenant_id, id, organization_id, created_by_id, type, content, metadata)
            SELECT event.tenant_id, event.id, \(organization), u.id, 'ONBOARDING_STATUS_CHANGED',
            CASE WHEN u.id IS NULL THEN 'The onboarding status was automatically set to '
            ELSE coalesce(nullif(u.name, ''), trim(u.first_name || ' ' || u.last_name))
            || ' changed the onboarding status to ' END || \(bare: words),
            jsonb_build_object('status', \(status), 'comments', \(comments), 'userId', coalesce(u.id::text, ''),
            'contractId', '') FROM event LEFT JOIN app_user u ON u.tenant_id = event.tenant_id AND u.id = \(actor))
            INSERT INTO organization_timeline (tenant_id, timeline_event_id, organization_id, kind, occurred_at)
            SELECT tenant_id, id, \(organization), kind, occurred_at FROM event
            """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Organization> {
        let (id, status, comments) = (input.organizationId, input.status, input.comments ?? "")
        guard !id.isNobody, let stored = try await change.run(Self.lock, id).first else {
            throw FieldError("Failed to update onboarding status for organization \(id)", code: .notFound)
        }
        try await change.run(
            Self.update.with((id, status, comments)),
            Self.record.with(
                Event(organization: id, id: .new(), status: status, comments: comments, words: status.words),
                if: stored != status.rawValue)
        )
        return Written(id)
    }
}
