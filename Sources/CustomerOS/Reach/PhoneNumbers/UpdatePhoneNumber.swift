internal import GraphQL
internal import Postgres
internal import Records

/// `phoneNumber_Update`: corrects a number for all of its owners. If another row already has the new number, the owners
/// get that one, and the old row stays for its events.
final class UpdatePhoneNumber: ObjectMutation, @unchecked Sendable {
    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        do {
            return try await super.run(call, context)
        } catch let error as PostgresError where error.condition == .uniqueViolation {
            // Another transaction has just created the same number.
            return try await super.run(call, context)
        }
    }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let id = input.text("id") ?? ""
        let text = ReachChannel.phoneNumber.text(input)
        guard !text.isEmpty else {
            throw FieldError(
                "Failed to update phone number \(id): a number is needed", code: .badUserInput, field: "input.phoneNumber")
        }
        guard UUIDKey.isValid(id) else { throw Self.missing(id) }
        let mine: [Parameter] = [context.tenantParameter, .text(id)]
        let locked = try await transaction.run(Self.locks.map { Query($0, mine) }, context)
        guard locked.last?.rowCount == 1 else { throw Self.missing(id) }
        if locked[2].rowCount > 0 { try context.mayChangeUsers("Failed to update phone number \(id)") }
        let number = try ReachChannel.phoneNumber(input)
        let other = try await transaction.run(Query(Self.findOther, mine + PhoneNumberTable.parameters(number)), context).firstText
        guard let other else {
            let values: [Parameter] = [
                .text(number.raw), Parameter(text: number.e164), .text(number.extension), Parameter(text: number.country),
            ]
            try await transaction.run(Query(Self.update, mine + values), context)
            return id
        }
        try await transaction.run(Self.moves.map { Query($0, mine + [.text(other)]) }, context)
        try await transaction.run(
            Query(
                SharedStatements.refreshAddresses,
                [
                    context.tenantParameter, .text(arrayText(locked[1].texts)), .text(arrayText(locked[0].texts)), .text("{}"),
                    .text(arrayText([id, other])),
                ]), context)
        return other
    }

    private static func missing(_ id: String) -> FieldError {
        FieldError("Failed to update phone number \(id)", code: .notFound, field: "input.id")
    }

    /// All owners in the common order, then the number itself.
    private static let locks = [
        StatementText(
            "phone_number.lock_organizations",
            """
            SELECT id FROM organization WHERE tenant_id = $1 AND id = ANY (ARRAY(\
            SELECT organization_id FROM organization_phone_number WHERE tenant_id = $1 AND phone_number_id = $2::uuid \
            UNION SELECT j.organization_id FROM contact_phone_number l \
            JOIN job_role j ON j.tenant_id = l.tenant_id AND j.contact_id = l.contact_id AND j.organization_id IS NOT NULL \
            WHERE l.tenant_id = $1 AND l.phone_number_id = $2::uuid)) ORDER BY id FOR NO KEY UPDATE
            """),
        StatementText(
            "phone_number.lock_contacts",
            """
            SELECT id FROM contact WHERE tenant_id = $1 AND id = ANY (ARRAY(SELECT contact_id FROM contact_phone_number \
            WHERE tenant_id = $1 AND phone_number_id = $2::uuid)) ORDER BY id FOR NO KEY UPDATE
            """),
        StatementText(
            "phone_number.lock_users",
            """
            SELECT id FROM app_user WHERE tenant_id = $1 AND id = ANY (ARRAY(SELECT user_id FROM user_phone_number \
            WHERE tenant_id = $1 AND phone_number_id = $2::uuid)) ORDER BY id FOR NO KEY UPDATE
            """),
        StatementText("phone_number.lock_one", "SELECT id FROM phone_number WHERE tenant_id = $1 AND id = $2::uuid FOR UPDATE"),
    ]

    private static let findOther = StatementText(
        "phone_number.find_other",
        """
        SELECT p.id FROM phone_number p WHERE p.tenant_id = $1 AND p.id <> $2::uuid \
        AND \(PhoneNumberTable.match("p", line: "$3", raw: "$4", extension: "$5")) \
        ORDER BY p.e164 IS NULL, p.created_at, p.id LIMIT 1 FOR UPDATE
        """)

    private static let update = StatementText(
        "phone_number.update",
        """
        UPDATE phone_number SET raw_phone_number = $3, e164 = $4, extension = $5, country_id = (SELECT id FROM country WHERE code_a2 = $6), \
        validated = false, updated_at = now() WHERE tenant_id = $1 AND id = $2::uuid
        """)

    /// For each kind of owner: those with both numbers keep the other one, as primary if either was; then the rest
    /// moves.
    private static let moves = [ReachOwner.contact, .organization, .user].flatMap { owner -> [StatementText] in
        let link: SQL = "\(owner.prefix)_phone_number"
        return [
            StatementText(
                "\(link.text).collapse",
                """
                WITH gone AS (DELETE FROM \(link) l USING \(link) o WHERE l.tenant_id = $1 AND l.phone_number_id = $2::uuid \
                AND o.tenant_id = $1 AND o.phone_number_id = $3::uuid AND o.\(owner.key) = l.\(owner.key) \
                RETURNING l.\(owner.key) AS owner_id, l.is_primary) \
                UPDATE \(link) l SET is_primary = true FROM gone \
                WHERE gone.is_primary AND l.tenant_id = $1 AND l.\(owner.key) = gone.owner_id AND l.phone_number_id = $3::uuid
                """),
            StatementText(
                "\(link.text).move",
                "UPDATE \(link) SET phone_number_id = $3::uuid WHERE tenant_id = $1 AND phone_number_id = $2::uuid"),
        ]
    }
}

extension QueryResult {
    /// The first column.
    var texts: [String] { (0..<rowCount).compactMap { text($0, 0) } }
}
