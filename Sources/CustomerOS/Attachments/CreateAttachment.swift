internal import GraphQL
internal import Postgres
internal import Records

/// `attachment_Create`: records a file. An existing record with the given id is kept unchanged.
final class CreateAttachment: ObjectMutation, @unchecked Sendable {
    /// `$2` id, `$3` creation or null for now, then texts and size.
    private static let insert = StatementText(
        "attachment.insert",
        """
        INSERT INTO attachment (tenant_id, id, created_at, base_path, cdn_url, file_name, mime_type, size, app_source) \
        VALUES ($1, $2::uuid, coalesce($3::timestamptz, now()), $4, $5, $6, $7, $8::bigint, $9) ON CONFLICT (tenant_id, id) DO NOTHING
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let given = input.text("id").flatMap { $0.isEmpty ? nil : $0 }
        if let given, !UUIDKey.isValid(given) {
            throw FieldError("Failed to create attachment: the id must be a UUID", code: .badUserInput, field: "input.id")
        }
        if case .integer(let size)? = input["size"], size < 0 {
            throw FieldError("Failed to create attachment: the size must not be negative", code: .badUserInput, field: "input.size")
        }
        let id = given ?? Identifiers.uuid()
        let values = ["createdAt", "basePath", "cdnUrl", "fileName", "mimeType", "size", "appSource"].map { Parameter(input[$0]) }
        try await transaction.run(Query(Self.insert, [context.tenantParameter, .text(id)] + values), context)
        return id
    }
}
