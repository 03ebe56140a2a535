internal import GraphQL
internal import Postgres
internal import Records

/// A kind of record that has addresses, locations and profiles: contacts, organizations, users. Operations on their
/// links are written once for all of them.
struct ReachOwner: Sendable {
    /// The name of such a record in messages.
    let word: String
    /// The argument with its id.
    let argument: String
    /// The prefix of the link tables, such as `contact` in `contact_email`.
    let prefix: SQL
    /// Whether a record's first e-mail address is always primary.
    let firstEmailIsPrimary: Bool
    /// The statement that locks one, and returns a row if it exists. A contact is locked with its organizations.
    private let lock: StatementText?

    /// The owner's column in the link tables.
    var key: SQL { "\(prefix)_id" }

    /// Blocks other changes of the links until the transaction ends, so that there is only one primary.
    /// - Returns: The id, or nil if there is no such record.
    /// - Throws: `FieldError` if the caller may not change it.
    func lock(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String? {
        try await lock(id: arguments.text(argument) ?? "", transaction, context)
    }

    func lock(id: String, _ transaction: Transaction, _ context: RequestContext) async throws -> String? {
        if prefix == Self.user.prefix { try context.mayChangeUsers("Failed to change user \(id)") }
        guard UUIDKey.isValid(id) else { return nil }
        guard let lock else { return try await ContactLock([ID(id)], Changing(transaction, context)).contacts.first?.text }
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
