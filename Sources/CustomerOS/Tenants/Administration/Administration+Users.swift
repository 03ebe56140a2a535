internal import Postgres
internal import Records

/// An operator's changes of users, and of existing tenants and keys.
extension Administration {
    public struct UserRow: Sendable {
        public let id: String
        public let tenant: String
        public let name: String
        public let email: String
        public let roles: [String]
        public let state: String
    }

    // MARK: Tenants

    /// Disables a tenant, whose keys are then refused within a second, or enables it again. Its data are kept.
    /// - Throws: `Failure.noTenant`.
    public func setTenant(_ name: String, enabled: Bool) throws {
        let changed = try connection.run(
            """
            UPDATE tenant SET state = $2, state_changed_at = CASE WHEN state = $2 THEN state_changed_at ELSE now() END, updated_at = now() \
            WHERE name = $1
            """, [.text(name), .text(enabled ? "LIVE" : "ARCHIVED")])
        guard changed.affectedRows == 1 else { throw Failure.noTenant(name) }
    }

    /// Permanently deletes a tenant with everything in it. However long it takes: all or nothing.
    /// - Throws: `Failure.noTenant`.
    public func deleteTenant(_ name: String) throws {
        try connection.run("SET statement_timeout = 0")
        try connection.transaction {
            // A second deletion waits here, and then finds none.
            let found = try connection.run("SELECT id FROM tenant WHERE name = $1 FOR UPDATE", [.text(name)])
            guard let id = found.text(0, 0) else { throw Failure.noTenant(name) }
            try connection.run("SELECT tenant_hard_delete($1::integer)", [.text(id)])
        }
    }

    // MARK: Users

    /// An e-mail address in stored form.
    /// - Throws: `Failure.refused` if the text is not one.
    public static func address(_ text: String) throws(Failure) -> String {
        let text = text.trimmingBlanks
        try check(text, "The address of a user", mayBeEmpty: false)
        do throws(ValueRefusal) { return try EmailAddress(text).text } catch { throw .refused(what: text, problem: error.explanation) }
    }

    /// Creates a user with an e-mail address, by which requests act for the user.
    /// - Returns: the id.
    /// - Throws: `Failure.noTenant`; `Failure.refused`; `Failure.userExists` if a user of the tenant has the address.
    public func createUser(tenant: String, email: String, firstName: String, lastName: String, roles: [Role]) throws -> String {
        let address = try Self.address(email)
        try Self.check(firstName, "The first name of a user", mayBeEmpty: true)
        try Self.check(lastName, "The last name of a user", mayBeEmpty: true)
        let tenantID = try Parameter.text(tenantID(tenant))
        let names = (first: Name.normal(firstName), last: Name.normal(lastName))
        let id = try connection.transaction {
            try Self.insertUser(
                connection, tenant: tenantID, email: address, firstName: names.first, lastName: names.last, roles: roles)
        }
        guard let id else { throw Failure.userExists(address) }
        return id
    }

    /// Inserts a user with an e-mail address, within a transaction.
    /// - Parameter states: A user in one of these states keeps the address.
    /// - Returns: The id, or nil if a user of the tenant has the address.
    static func insertUser(
        _ connection: BlockingConnection, tenant: Parameter, email: String, firstName: String, lastName: String, roles: [Role],
        states: [String] = ["LIVE"]
    ) throws -> String? {
        // Locking the tenant's row keeps a second operator from giving the same address to another user.
        try connection.run("SELECT id FROM tenant WHERE id = $1::integer FOR NO KEY UPDATE", [tenant])
        let taken = try connection.run(
            """
            SELECT u.id FROM email e JOIN user_email l ON l.tenant_id = e.tenant_id AND l.email_id = e.id \
            JOIN app_user u ON u.tenant_id = l.tenant_id AND u.id = l.user_id AND u.state = ANY ($3::text[]) \
            WHERE e.tenant_id = $1::integer AND (fold(e.raw_email) = fold($2) OR (e.email <> '' AND fold(e.email) = fold($2)))
            """, [tenant, .text(email), .text(arrayText(states))])
        guard taken.rowCount == 0 else { return nil }
        let id = Identifiers.uuid()
        try connection.run(
            """
            INSERT INTO app_user (tenant_id, id, first_name, last_name, roles) VALUES ($1::integer, $2::uuid, $3, $4, $5::text[])
            """, [tenant, .text(id), .text(firstName), .text(lastName), .text(arrayText(roles.map(\.rawValue)))])
        try connection.run(
            """
            INSERT INTO email (tenant_id, id, raw_email, email) VALUES ($1::integer, $2::uuid, $3, fold($3)) \
            ON CONFLICT (tenant_id, fold(raw_email)) DO NOTHING
            """, [tenant, .text(Identifiers.uuid()), .text(email)])
        try connection.run(
            """
            INSERT INTO user_email (tenant_id, user_id, email_id, is_primary) \
            SELECT tenant_id, $2::uuid, id, true FROM email WHERE tenant_id = $1::integer AND fold(raw_email) = fold($3)
            """, [tenant, .text(id), .text(email)])
        return id
    }

    /// The users of a tenant, or of all.
    /// - Throws: `Failure.noTenant`.
    public func users(tenant: String?) throws -> [UserRow] {
        let tenantID = try tenant.map(self.tenantID)
        let rows = try connection.run(
            """
            SELECT u.id, t.name, coalesce(nullif(u.name, ''), trim(u.first_name || ' ' || u.last_name)), coalesce((\
            SELECT e.raw_email FROM user_email l JOIN email e ON e.tenant_id = l.tenant_id AND e.id = l.email_id \
            WHERE l.tenant_id = u.tenant_id AND l.user_id = u.id ORDER BY l.is_primary DESC, e.raw_email LIMIT 1), ''), \
            array_to_string(u.roles, ','), u.state FROM app_user u JOIN tenant t ON t.id = u.tenant_id \
            WHERE $1::integer IS NULL OR u.tenant_id = $1::integer ORDER BY t.name, u.created_at, u.id
            """, [Parameter(text: tenantID)])
        return (0..<rows.rowCount).map { row in
            UserRow(
                id: rows.text(row, 0) ?? "", tenant: rows.text(row, 1) ?? "", name: rows.text(row, 2) ?? "", email: rows.text(row, 3) ?? "",
                roles: (rows.text(row, 4) ?? "").split(separator: ",").map(String.init), state: rows.text(row, 5) ?? "")
        }
    }

    /// Disables a user: no request can act for the user any more. What the user did is kept.
    /// - Throws: `Failure.noUser`.
    public func disableUser(_ id: String) throws {
        guard UUIDKey.isValid(id) else { throw Failure.noUser(id) }
        let changed = try connection.run(
            """
            UPDATE app_user SET state = 'ARCHIVED', state_changed_at = CASE WHEN state = 'ARCHIVED' THEN state_changed_at ELSE now() END, \
            updated_at = now() WHERE id = $1::uuid
            """, [.text(id)])
        guard changed.affectedRows > 0 else { throw Failure.noUser(id) }
    }

    // MARK: Keys

    /// Creates a key that replaces another, with the same tenant, roles, name and terms. The old one stays valid for
    /// some hours, in which clients switch over.
    /// - Throws: `Failure.noKey` if there is none; `Failure.keyEnded` if it is revoked or expired.
    public func rotateKey(_ id: String, overlapHours: Int) throws -> (id: String, key: APIKey, oldExpiresAt: String) {
        guard UUIDKey.isValid(id) else { throw Failure.noKey(id) }
        return try connection.transaction {
            let old = try connection.run(
                "SELECT revoked_at IS NOT NULL OR coalesce(expires_at <= now(), false) FROM api_key WHERE id = $1::uuid FOR UPDATE",
                [.text(id)])
            guard old.rowCount == 1 else { throw Failure.noKey(id) }
            guard old.text(0, 0) == "f" else { throw Failure.keyEnded(id) }
            let key = APIKey.make()
            let newID = Identifiers.uuid()
            // A key that expires anyway gets no more time, and its successor expires when it would have.
            try connection.run(
                """
                INSERT INTO api_key (id, tenant_id, key_hash, prefix, name, roles, replaces_id, expires_at, read_only, requests_per_minute, \
                cost_per_minute) \
                SELECT $2::uuid, tenant_id, $3::bytea, $4, name, roles, id, expires_at, read_only, requests_per_minute, cost_per_minute FROM api_key WHERE id = $1::uuid
                """, [.text(id), .text(newID), .text(key.hashText), .text(key.prefix)])
            let expiry = try connection.run(
                """
                UPDATE api_key SET expires_at = least(expires_at, now() + $2::integer * interval '1 hour'), updated_at = now() \
                WHERE id = $1::uuid RETURNING \(Self.time("expires_at"))
                """, [.text(id), .text(String(overlapHours))])
            return (newID, key, expiry.text(0, 0) ?? "")
        }
    }
}
