internal import GraphQL
internal import Postgres

/// A mutation that may link domains to an organization: it starts over if another transaction linked one of them, or
/// merged its organization, between read and write.
class OrganizationMutation: ObjectMutation, @unchecked Sendable {
    private static let attempts = 5
    private static let domainOfOrganization = "organization_domain_tenant_id_organization_id_fkey"

    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        for _ in 0..<Self.attempts {
            do {
                return try await super.run(call, context)
            } catch is OrganizationWriter.LostRace {
                continue
            } catch let error as PostgresError where error.constraint == Self.domainOfOrganization {
                // The random code was taken, so there was nothing to link the domains to.
                continue
            }
        }
        throw FieldError("The organization and its domains are being changed by others at the same time: try again", code: .conflict)
    }
}
