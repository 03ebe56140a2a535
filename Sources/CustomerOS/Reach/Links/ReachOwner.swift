internal import GraphQL
internal import Postgres

/// A kind of record that has addresses, places and profiles: contacts, organizations, users. What is done to their links is
/// written once, for all of them.
struct ReachOwner: Sendable {
    /// How messages call one of them.
    let word: String
    /// The argument that says which one.
    let argument: String
    /// What the tables of their links start with, as `contact` in `contact_email`.
    let prefix: SQL
    /// Whether the first e-mail address of one of them is its primary one, whatever is asked for.
    let firstEmailIsPrimary: Bool
    /// The statement that locks one of them, which has a row when it is there. A contact is locked with its organizations.
    private let lock: StatementText?

    /// The column of the links' tables.
    var key: SQL { "\(prefix)_id" }

    /// Keeps other changes of the links away until the transaction ends, so that the primary one stays single.
    /// - Returns: The id, or nil when there is no such record.
    /// - Throws: `FieldError` when the caller may not change it.
    func lock(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String? {
        try await lock(id: arguments.text(argument) ?? "", transaction, context)
    }

    func lock(id: String, _ transaction: Transaction, _ context: RequestContext) async throws -> String? {
        if prefix == Self.user.prefix { try context.mayChangeUsers("Failed to change user \(id)") }
        guard UUIDKey.isValid(id) else { return nil }
        guard let lock else { return try await ContactLock([id], transaction, context).contacts.first }
        return try await transaction.run(Query(lock, [context.tenantParameter, .text(id)]), context).firstText
    }

    static let contact = ReachOwner(
        word: "contact", argument: "contactId", prefix: "contact", firstEmailIsPrimary: true,
        lock: nil)

    static let organization = ReachOwner(
        word: "organization", argument: "organizationId", prefix: "organization", firstEmailIsPrimary: false,
        lock: StatementText(
            "organization.lock_links",
            "SELECT id FROM organization WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN') FOR NO KEY UPDATE"))

    static let user = ReachOwner(
        word: "user", argument: "userId", prefix: "user", firstEmailIsPrimary: false,
        lock: StatementText(
            "app_user.lock", "SELECT id FROM app_user WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' FOR NO KEY UPDATE"))
}
