internal import GraphQL
internal import Postgres
internal import Records

/// What changes of billing profiles have in common.
struct BillingProfileLinks {
    private let change: Changing
    /// What the operation failed to do, for errors.
    private let failure: String

    init(_ change: Changing, _ failure: String) {
        self.change = change
        self.failure = failure
    }

    private static let holdEmail = Statement<ID<Email>, ID<Email>>("billing_profile.hold_email") { id in
        "SELECT id FROM email WHERE tenant_id = \(id.tenant) AND id = \(id.value) FOR KEY SHARE"
    }

    private static let holdLocation = Statement<ID<Location>, ID<Location>>("billing_profile.hold_location") { id in
        "SELECT id FROM location WHERE tenant_id = \(id.tenant) AND id = \(id.value) FOR KEY SHARE"
    }

    /// - Throws: `NOT_FOUND` unless the organization has the profile.
    func lock(_ id: ID<BillingProfile>, of organization: ID<Organization>) async throws {
        if !id.isNobody, try await !change.run(BillingProfile.lock, (id, organization)).isEmpty { return }
        throw missing("Billing profile with id {\(id)} not found", "billingProfileId")
    }

    /// - Throws: `NOT_FOUND` if there is none.
    func hold(email id: ID<Email>) async throws {
        if !id.isNobody, try await !change.run(Self.holdEmail, id).isEmpty { return }
        throw missing("Email with id {\(id)} not found", "emailId")
    }

    /// - Throws: `NOT_FOUND` if there is none.
    func hold(location id: ID<Location>) async throws {
        if !id.isNobody, try await !change.run(Self.holdLocation, id).isEmpty { return }
        throw missing("Location with id {\(id)} not found", "locationId")
    }

    private func missing(_ reason: String, _ field: String) -> FieldError {
        FieldError(failure, because: reason, code: .notFound, field: field)
    }
}
