internal import GraphQL
internal import Postgres

/// Phone numbers: one row a number and tenant, whoever has it. What can be read as an international number is known by its form
/// in E.164, anything else by its text.
enum PhoneNumberTable {
    private static let find = Statement(
        "phone_number.find",
        """
        SELECT id FROM phone_number WHERE tenant_id = $1 AND (coalesce(e164, raw_phone_number) = coalesce($3::text, $2) \
        OR ($3::text IS NULL AND raw_phone_number = $2)) ORDER BY created_at, id LIMIT 1
        """)

    private static let insert = Statement(
        "phone_number.insert",
        """
        INSERT INTO phone_number (tenant_id, id, raw_phone_number, e164, country_id, validated) \
        VALUES ($1, $2::uuid, $3, $4, (SELECT id FROM country WHERE code_a2 = $5), false) \
        ON CONFLICT (tenant_id, coalesce(e164, raw_phone_number)) DO NOTHING RETURNING id
        """)

    /// The id of the row for `number`, made if there is none.
    /// - Parameter country: The ISO 3166-1 code of two letters for a number in national form.
    static func merge(
        _ number: String, country: String? = nil, _ transaction: Transaction, _ context: RequestContext
    ) async throws -> String {
        let form = PhoneNumberForm(number, country: country)
        let e164 = Parameter(text: form?.e164)
        let values: [Parameter] = [.text(Identifiers.uuid()), .text(number), e164, Parameter(text: form?.country)]
        return try await EmailTable.findOrInsert(
            find: Query(find, [context.tenantParameter, .text(number), e164]),
            insert: Query(insert, [context.tenantParameter] + values), transaction, context)
    }

    /// The form of ITU-T E.164, or nil when the text is no number with a country's code.
    static func internationalForm(of number: String) -> String? { PhoneNumberForm(number, country: nil)?.e164 }
}
