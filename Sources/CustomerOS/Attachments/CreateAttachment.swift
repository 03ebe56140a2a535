internal import GraphQL
internal import Postgres
internal import Records

/// `attachment_Create`: records a file. An existing record with the given id is kept unchanged.
struct CreateAttachment: Change {
    static let fields = ["attachment_Create"]

    struct Input: Decodable {
        /// A new one if absent.
        var id: ID<Attachment>?
        /// Now if absent.
        let createdAt: Time?
        let basePath: String
        let cdnUrl: String
        let fileName: String
        let mimeType: String
        let size: Int64
        let appSource: String
    }

    private static let insert = Statement<Input, Void>("attachment.insert") { p in
        """
        INSERT INTO attachment (tenant_id, id, created_at, base_path, cdn_url, file_name, mime_type, size, app_source)
        VALUES (\(p.tenant), \(p.id), coalesce(\(p.createdAt), now()), \(bare: p.basePath), \(bare: p.cdnUrl),
        \(bare: p.fileName), \(bare: p.mimeType), \(p.size), \(bare: p.appSource)) ON CONFLICT (tenant_id, id) DO NOTHING
        """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Attachment> {
        let id = input.id?.unlessEmpty ?? .new()
        guard !id.isNobody else {
            throw FieldError("Failed to create attachment: the id must be a UUID", code: .badUserInput, field: "input.id")
        }
        guard input.size >= 0 else {
            throw FieldError("Failed to create attachment: the size must not be negative", code: .badUserInput, field: "input.size")
        }
        var input = input
        input.id = id
        try await change.run(Self.insert, input)
        return Written(id)
    }
}
