internal import GraphQL
internal import Postgres

/// Contacts that are locked together with the organizations of their roles, organizations first.
struct ContactLock {
    /// The organizations of their roles.
    let organizations: [String]
    /// Those of the contacts that are there, in small letters.
    let contacts: Set<String>

    /// A contact has got a role at an organization that is not locked: the transaction has to begin anew.
    private struct Stale: Error {}

    /// - Parameter statement: Locks the contacts, given as an array, in the order of their ids, and gives those that are there.
    init(
        _ contacts: [String], by statement: Statement, _ transaction: Transaction, _ context: RequestContext
    ) async throws {
        let parameters: [Parameter] = [context.tenantParameter, .text(arrayText(contacts))]
        let results = try await transaction.run(
            [
                Query(Self.lockOrganizations, parameters), Query(statement, parameters), Query(Self.organizations, parameters),
            ], context)
        organizations = results[2].texts
        self.contacts = Set(results[1].texts)
        guard Set(results[0].texts).isSuperset(of: organizations) else { throw Stale() }
    }

    /// Begins a transaction anew when it has met a contact that got a role meanwhile.
    static func retrying(_ body: () async throws -> FieldResult) async throws -> FieldResult {
        for _ in 0..<5 {
            do {
                return try await body()
            } catch is Stale {
                continue
            }
        }
        throw FieldError("The change conflicts with another one. Try again.", code: .conflict)
    }

    private static let lockOrganizations = Statement(
        "contact.lock_all_organizations",
        """
        SELECT o.id FROM organization o WHERE o.tenant_id = $1 AND o.id = ANY (ARRAY(SELECT j.organization_id FROM job_role j \
        WHERE j.tenant_id = $1 AND j.contact_id = ANY ($2::uuid[]) AND j.organization_id IS NOT NULL)) ORDER BY o.id FOR NO KEY UPDATE
        """)

    private static let organizations = Statement(
        "contact.all_organizations",
        """
        SELECT DISTINCT organization_id FROM job_role \
        WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]) AND organization_id IS NOT NULL
        """)
}
