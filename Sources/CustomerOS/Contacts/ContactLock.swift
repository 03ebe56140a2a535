internal import GraphQL
internal import Postgres

/// Contacts locked together with the organizations of their roles, organizations first: changing a contact's links also
/// changes those organizations' timelines.
struct ContactLock {
    /// The organizations of the contacts' roles and the requested one, with their states.
    let organizations: [(id: String, state: String)]
    /// The existing contacts' ids, in lower case.
    let contacts: Set<String>

    /// - Parameter organization: Another organization to lock.
    /// - Parameter statement: Locks the contacts, given as an array, in the order of their ids, and returns those that
    ///   exist.
    /// - Throws: A serialization failure, so that the transaction restarts, if a merge of organizations has given a
    ///   contact a role at one that is not locked.
    init(
        _ contacts: [String], and organization: String? = nil, by statement: StatementText = change, _ transaction: Transaction,
        _ context: RequestContext
    ) async throws {
        let parameters: [Parameter] = [context.tenantParameter, .text(arrayText(contacts))]
        let results = try await transaction.run(
            [
                Query(Self.enter, parameters), Query(Self.lockOrganizations, parameters + [Parameter(text: organization)]),
                Query(statement, parameters), Query(Self.organizationsOfRoles, parameters),
            ], context)
        organizations = (0..<results[1].rowCount).map { (results[1].text($0, 0) ?? "", results[1].text($0, 1) ?? "") }
        self.contacts = Set(results[2].texts)
        guard Set(results[1].texts).isSuperset(of: results[3].texts) else { throw PostgresError(.serializationFailure) }
    }

    /// For changes of visible contacts. Does not block transactions that write events for them.
    static let change = StatementText(
        "contact.lock_all",
        """
        SELECT id FROM contact WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN') \
        ORDER BY id FOR NO KEY UPDATE
        """)

    /// Serializes changes of a contact's links before anything is locked, so that its organizations stay those found.
    private static let enter = StatementText(
        "contact.enter",
        """
        SELECT pg_advisory_xact_lock(hash) FROM (SELECT DISTINCT hashtextextended('contact ' || id, $1::integer) AS hash \
        FROM unnest($2::uuid[]) id ORDER BY hash) ordered
        """)

    private static let lockOrganizations = StatementText(
        "contact.lock_all_organizations",
        """
        SELECT o.id, o.state FROM organization o WHERE o.tenant_id = $1 AND o.id = ANY (ARRAY(SELECT j.organization_id FROM job_role j \
        WHERE j.tenant_id = $1 AND j.contact_id = ANY ($2::uuid[]) AND j.organization_id IS NOT NULL UNION SELECT $3::uuid)) \
        ORDER BY o.id FOR NO KEY UPDATE
        """)

    private static let organizationsOfRoles = StatementText(
        "contact.all_organizations",
        """
        SELECT DISTINCT organization_id FROM job_role \
        WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]) AND organization_id IS NOT NULL
        """)
}
