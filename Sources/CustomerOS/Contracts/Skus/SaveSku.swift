internal import GraphQL
internal import Postgres
internal import Records

/// `sku_Save`: creates or overwrites a product.
struct SaveSku: Change {
    static let fields = ["sku_Save"]

    struct Input: Decodable {
        let id: ID<Sku>?
        let name: String
        let price: Double
        let type: SkuType
    }

    private typealias Stored = (id: ID<Sku>, name: String, price: Double, type: SkuType)

    private static let insert = Statement<Stored, Void>("sku.insert") { p in
        """
        INSERT INTO sku (tenant_id, id, name, price, type)
        VALUES (\(p.tenant), \(p.id), \(bare: p.name), \(p.price), \(bare: p.type))
        """
    }

    private static let update = Statement<Stored, ID<Sku>>("sku.update") { p in
        let id = p.id
        return """
            UPDATE sku SET name = \(bare: p.name), price = \(p.price), type = \(bare: p.type), updated_at = now()
            WHERE tenant_id = \(p.tenant) AND id = \(id) RETURNING id
            """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Sku> {
        guard input.price >= 0 || input.type == .oneTime else {
            throw FieldError(
                ValueRefusal(.outOfRange, "must not be negative, unless paid one time"), field: "input.price",
                failure: "Failed to save sku")
        }
        guard let id = input.id?.unlessEmpty else {
            let id = ID<Sku>.new()
            try await change.run(Self.insert, (id, input.name, input.price, input.type))
            return Written(id)
        }
        guard !id.isNobody, try await !change.run(Self.update, (id, input.name, input.price, input.type)).isEmpty else {
            throw FieldError(
                "Failed to save sku", because: "sku with id \(id) not found", code: .notFound, field: "input.id")
        }
        return Written(id)
    }
}
