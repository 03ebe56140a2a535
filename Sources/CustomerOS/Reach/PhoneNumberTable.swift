internal import GraphQL
internal import Postgres

/// Phone numbers: one row a number and tenant, whoever has it.
enum PhoneNumberTable {
    private static let find = Statement(
        "phone_number.find",
        """
        SELECT id FROM phone_number WHERE tenant_id = $1 AND (coalesce(e164, raw_phone_number) = coalesce($3, $2) \
        OR raw_phone_number = $2) ORDER BY created_at, id LIMIT 1
        """)

    private static let insert = Statement(
        "phone_number.insert",
        """
        INSERT INTO phone_number (tenant_id, id, raw_phone_number, e164, validated) VALUES ($1, $2::uuid, $3, $4, false) \
        ON CONFLICT (tenant_id, coalesce(e164, raw_phone_number)) DO NOTHING RETURNING id
        """)

    /// The id of the row for `number`, made if there is none.
    static func merge(_ number: String, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let e164 = Parameter(text: internationalForm(of: number))
        return try await EmailTable.findOrInsert(
            find: Query(find, [context.tenantParameter, .text(number), e164]),
            insert: Query(insert, [context.tenantParameter, .text(Identifiers.uuid()), .text(number), e164]), transaction, context)
    }

    /// The form of ITU-T E.164, or nil when the text does not start with a country's code: `+` or `00`, then 8 to 15 digits.
    static func internationalForm(of number: String) -> String? {
        var digits = number.filter { !" ()-./\u{A0}\t".contains($0) }
        if digits.hasPrefix("00") { digits = "+" + digits.dropFirst(2) }
        guard digits.hasPrefix("+") else { return nil }
        let rest = digits.dropFirst()
        guard (8...15).contains(rest.utf8.count), rest.utf8.allSatisfy({ (0x30...0x39).contains($0) }), rest.first != "0" else {
            return nil
        }
        return digits
    }
}
