internal import GraphQL
internal import Postgres

/// Phone numbers: one row for each number of a tenant. An international number is identified by its E.164 line and its
/// extension, anything else by its text.
enum PhoneNumberTable {
    /// Whether a number means a row: by line, text and extension.
    static func match(_ row: SQL, line: SQL, raw: SQL, extension: SQL) -> SQL {
        """
        (coalesce(\(row).e164, \(row).raw_phone_number) = \(line) AND \(row).extension = \(`extension`) \
        OR \(row).e164 IS NULL AND \(row).raw_phone_number = \(raw))
        """
    }

    private static let find = StatementText(
        "phone_number.find",
        """
        SELECT p.id FROM phone_number p WHERE p.tenant_id = $1 AND \(match("p", line: "$2", raw: "$3", extension: "$4")) \
        ORDER BY p.e164 IS NULL, p.created_at, p.id LIMIT 1
        """)

    private static let insert = StatementText(
        "phone_number.insert",
        """
        INSERT INTO phone_number (tenant_id, id, raw_phone_number, e164, extension, country_id, validated) \
        VALUES ($1, $2::uuid, $3, $4, $5, (SELECT id FROM country WHERE code_a2 = $6), false) \
        ON CONFLICT (tenant_id, coalesce(e164, raw_phone_number), extension) DO NOTHING RETURNING id
        """)

    /// The id of the row for `number`, created if missing.
    static func merge(_ number: PhoneNumber, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let values: [Parameter] = [
            .text(Identifiers.uuid()), .text(number.raw), Parameter(text: number.e164), .text(number.extension),
            Parameter(text: number.country),
        ]
        return try await EmailTable.findOrInsert(
            find: Query(find, [context.tenantParameter] + parameters(number)),
            insert: Query(insert, [context.tenantParameter] + values), transaction, context)
    }

    /// Line, text and extension, as `match` takes them.
    static func parameters(_ number: PhoneNumber) -> [Parameter] { [.text(number.line), .text(number.raw), .text(number.extension)] }
}
