internal import Postgres
internal import Records

/// The links of one kind of owner to its e-mail addresses or phone numbers. A link has the address's label for the
/// owner, and whether it is primary. To change links, hold the owner's lock.
final class AddressLinks<Owner: AddressOwner, Kind: Address>: Sendable {
    /// A link.
    struct Found {
        let address: ID<Kind>
        let isPrimary: Bool
        let label: String?
    }

    private typealias Named = NamedAddress<Owner, Kind>
    private typealias Link = (owner: ID<Owner>, address: ID<Kind>)

    private let demote: Statement<Link, Void>
    private let put: Statement<(owner: ID<Owner>, address: ID<Kind>, primary: Bool?, label: String?), Void>
    private let overwrite: Statement<(owner: ID<Owner>, address: ID<Kind>, primary: Bool, label: String?), ID<Kind>>
    private let find: Statement<Named, Found>
    private let remove: Statement<Named, ID<Kind>>
    private let removeByID: Statement<Link, ID<Kind>>

    /// - Parameter firstIsPrimary: Whether an owner's first address is always primary.
    init(firstIsPrimary: Bool = false) {
        let (key, table): (SQL, SQL) = (Owner.key, Kind.table.name)
        let (link, address): (SQL, SQL) = ("\(Owner.word)_\(table)", "\(table)_id")
        demote = Statement("\(link.text).demote") { p in
            """
            UPDATE \(link) SET is_primary = false
            WHERE tenant_id = \(p.tenant) AND \(key) = \(p.owner) AND is_primary AND \(address) <> \(p.address)
            """
        }
        put = Statement("\(link.text).put") { p in
            let (owner, id, primary, label) = (p.owner, p.address, p.primary, p.label)
            let isFirst: SQL = " OR NOT EXISTS (SELECT FROM \(link) WHERE tenant_id = \(p.tenant) AND \(key) = \(owner))"
            return """
                INSERT INTO \(link) (tenant_id, \(key), \(address), is_primary, label) VALUES (\(p.tenant), \(owner), \(id),
                coalesce(\(primary), false)\(firstIsPrimary ? isFirst : ""), \(bare: label))
                ON CONFLICT (tenant_id, \(key), \(address)) DO UPDATE SET is_primary = coalesce(\(primary), \(link).is_primary),
                label = coalesce(\(bare: label), \(link).label)
                """
        }
        overwrite = Statement("\(link.text).overwrite") { p in
            let (owner, id, primary, label) = (p.owner, p.address, p.primary, p.label)
            return """
                UPDATE \(link) SET is_primary = \(primary), label = \(bare: label)
                WHERE tenant_id = \(p.tenant) AND \(key) = \(owner) AND \(address) = \(id) RETURNING \(address)
                """
        }
        let joined: @Sendable (Parameters<Named>) -> SQL = { p in
            """
            l.tenant_id = \(p.tenant) AND l.\(key) = \(p.owner) AND e.tenant_id = l.tenant_id AND e.id = l.\(address)
            AND \(Kind.match(p))
            """
        }
        find = Statement("\(link.text).find", row: Found.init) { p in
            """
            SELECT l.\(address), l.is_primary, l.label FROM \(link) l, \(table) e WHERE \(joined(p))
            ORDER BY l.created_at, l.\(address) LIMIT 1
            """
        }
        remove = Statement("\(link.text).remove") { p in
            "DELETE FROM \(link) l USING \(table) e WHERE \(joined(p)) RETURNING l.\(address)"
        }
        removeByID = Statement("\(link.text).remove_by_id") { p in
            """
            DELETE FROM \(link) WHERE tenant_id = \(p.tenant) AND \(key) = \(p.owner) AND \(address) = \(p.address)
            RETURNING \(address)
            """
        }
    }

    /// The link to the address a text means.
    func find(_ text: String, of owner: ID<Owner>, _ change: Changing) async throws -> Found? {
        try await change.run(find, NamedAddress(owner: owner, name: Kind.name(text))).first
    }

    /// Links an address. Nil keeps a value, or leaves it unset in a new link.
    func put(_ address: ID<Kind>, on owner: ID<Owner>, primary: Bool?, label: String?, _ change: Changing) async throws {
        try await change.run([
            Kind.lock.with([address]),
            // Two statements: a single one could violate the unique index by reaching the new primary one first.
            demote.with((owner, address), if: primary == true), put.with((owner, address, primary, label)),
            refresh([address], of: owner),
        ])
    }

    /// Replaces one address by another.
    func replace(
        _ old: ID<Kind>, by address: ID<Kind>, on owner: ID<Owner>, primary: Bool?, label: String?, _ change: Changing
    ) async throws {
        _ = try await change.run(
            // Both addresses are locked at once, in order: crossing replacements wait without a deadlock.
            Kind.lock.with([old, address]), removeByID.with((owner, old)), demote.with((owner, address), if: primary == true),
            put.with((owner, address, primary, label)), refresh([old, address], of: owner))
    }

    /// Overwrites a link.
    /// - Returns: Whether there is such a link.
    func overwrite(_ address: ID<Kind>, of owner: ID<Owner>, primary: Bool, label: String?, _ change: Changing) async throws -> Bool {
        let (_, overwritten) = try await change.run(
            demote.with((owner, address), if: primary), overwrite.with((owner, address, primary, label)))
        return !overwritten.isEmpty
    }

    /// Unlinks the address a text means. The address itself is kept.
    func remove(_ text: String, from owner: ID<Owner>, _ change: Changing) async throws {
        try await refresh(change.run(remove, NamedAddress(owner: owner, name: Kind.name(text))), of: owner, change)
    }

    func remove(_ address: ID<Kind>, from owner: ID<Owner>, _ change: Changing) async throws {
        try await refresh(change.run(removeByID, (owner, address)), of: owner, change)
    }

    private func refresh(_ removed: [ID<Kind>], of owner: ID<Owner>, _ change: Changing) async throws {
        if !removed.isEmpty { try await change.run([Kind.lock.with(removed), refresh(removed, of: owner)]) }
    }

    /// Refreshes what the owner's timelines show through these addresses.
    private func refresh(_ addresses: [ID<Kind>], of owner: ID<Owner>) -> BoundStatement<Void> {
        var timelines = AddressTimelines()
        Owner.add(owner, to: &timelines)
        Kind.add(addresses, to: &timelines)
        return timelines.refreshed
    }
}
