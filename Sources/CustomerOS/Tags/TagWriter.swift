internal import Postgres
internal import Records

/// Finds and creates tags. Names are unique, case-sensitively.
struct TagWriter {
    private let change: Changing

    init(_ change: Changing) { self.change = change }

    // The lock keeps the tag from being deleted before it is linked.
    private static let findByName = Statement<String, ID<Tag>>("tag.find_by_name") { name in
        "SELECT id FROM tag WHERE tenant_id = \(name.tenant) AND name = \(bare: name.value) FOR KEY SHARE"
    }

    private static let findByID = Statement<ID<Tag>, ID<Tag>>("tag.find_by_id") { id in
        "SELECT id FROM tag WHERE tenant_id = \(id.tenant) AND id = \(id.value) FOR KEY SHARE"
    }

    private static let insert = Statement<(id: ID<Tag>, name: String, color: String?, entityType: EntityType?), ID<Tag>>(
        "tag.insert"
    ) { p in
        """
        INSERT INTO tag (tenant_id, id, name, color_code, entity_type)
        VALUES (\(p.tenant), \(p.id), \(bare: p.name), coalesce(\(bare: p.color), ''), coalesce(\(bare: p.entityType), 'ORGANIZATION'))
        ON CONFLICT (tenant_id, name) DO NOTHING RETURNING id
        """
    }

    /// The id of the tag called `name`, created if missing.
    /// - Parameters:
    ///   - color: The colour of a new tag.
    ///   - entityType: The kind of record a new tag is for.
    func merge(_ name: String, color: String? = nil, entityType: EntityType?) async throws -> ID<Tag> {
        try await change.findOrInsert(
            find: Self.findByName.with(name), insert: Self.insert.with((ID.new(), name, color, entityType)))
    }

    func find(_ tag: TagReference) async throws -> ID<Tag>? {
        if let id = tag.id, let found = try await find(id) { return found }
        let name = Name.normal(tag.name ?? "")
        return name.isEmpty ? nil : try await change.run(Self.findByName, name).first
    }

    func find(_ id: ID<Tag>) async throws -> ID<Tag>? {
        id.isNobody ? nil : try await change.run(Self.findByID, id).first
    }
}
