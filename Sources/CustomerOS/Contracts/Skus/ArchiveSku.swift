internal import GraphQL
internal import Postgres
internal import Records

/// `sku_Archive`: withdraws the product. Repeating it changes nothing.
struct ArchiveSku: Change {
    static let fields = ["sku_Archive"]

    private static let archive = Statement<ID<Sku>, ID<Sku>>("sku.archive") { id in
        """
        UPDATE sku SET state = 'ARCHIVED', state_changed_at = CASE state WHEN 'LIVE' THEN now()
        ELSE state_changed_at END, updated_at = CASE state WHEN 'LIVE' THEN now() ELSE updated_at END
        WHERE tenant_id = \(id.tenant) AND id = \(id.value) RETURNING id
        """
    }

    func perform(_ input: ByID<Sku>, _ change: Changing) async throws -> Outcome {
        let id = input.id
        guard !id.isNobody, try await !change.run(Self.archive, id).isEmpty else {
            return .refused(
                FieldError("Failed to delete sku", because: "sku with id \(id) not found", code: .notFound, field: "id")
            )
        }
        return .done
    }
}
