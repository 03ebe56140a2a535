internal import GraphQL
internal import Postgres
internal import Records

/// The links of one kind of owner to its e-mail addresses or phone numbers. A link has the address's label for the
/// owner, and whether it is primary. To change links, hold the owner's lock.
final class ReachLink: Sendable {
    let owner: ReachOwner
    let channel: ReachChannel
    /// Reads the owner's addresses with their links.
    let relation: Relation
    private let demoteStatement: StatementText
    private let putStatement: StatementText
    private let overwriteStatement: StatementText
    private let findStatement: StatementText
    private let removeStatement: StatementText
    private let removeByIDStatement: StatementText

    static let contactEmails = ReachLink(.contact, .email)
    static let contactPhoneNumbers = ReachLink(.contact, .phoneNumber)
    static let organizationEmails = ReachLink(.organization, .email)
    static let organizationPhoneNumbers = ReachLink(.organization, .phoneNumber)
    static let userEmails = ReachLink(.user, .email)
    static let userPhoneNumbers = ReachLink(.user, .phoneNumber)

    private init(_ owner: ReachOwner, _ channel: ReachChannel) {
        self.owner = owner
        self.channel = channel
        let link: SQL = "\(owner.prefix)_\(channel.table)"
        let child: SQL = "\(channel.table)_id"
        relation = channel == .email ? .emails(of: owner.prefix) : .phoneNumbers(of: owner.prefix)
        func statement(_ verb: String, _ sql: SQL) -> StatementText { StatementText("\(link.text).\(verb)", sql) }

        let mine: SQL = "tenant_id = $1 AND \(owner.key) = $2::uuid"
        demoteStatement = statement("demote", "UPDATE \(link) SET is_primary = false WHERE \(mine) AND is_primary AND \(child) <> $3::uuid")
        let first: SQL =
            channel == .email && owner.firstEmailIsPrimary
            ? "coalesce($4::boolean, false) OR NOT EXISTS (SELECT FROM \(link) WHERE \(mine))" : "coalesce($4::boolean, false)"
        putStatement = statement(
            "put",
            """
            INSERT INTO \(link) (tenant_id, \(owner.key), \(child), is_primary, label) VALUES ($1, $2::uuid, $3::uuid, \(first), $5) \
            ON CONFLICT (tenant_id, \(owner.key), \(child)) DO UPDATE SET is_primary = coalesce($4::boolean, \(link).is_primary), \
            label = coalesce($5, \(link).label)
            """)
        overwriteStatement = statement(
            "overwrite", "UPDATE \(link) SET is_primary = $4::boolean, label = $5 WHERE \(mine) AND \(child) = $3::uuid RETURNING \(child)")
        let joined: SQL = "l.tenant_id = $1 AND l.\(owner.key) = $2::uuid AND e.tenant_id = l.tenant_id AND e.id = l.\(child)"
        findStatement = statement(
            "find",
            """
            SELECT l.\(child), l.is_primary, l.label FROM \(link) l, \(channel.table) e WHERE \(joined) AND \(channel.match) \
            ORDER BY l.created_at, l.\(child) LIMIT 1
            """)
        removeStatement = statement(
            "remove", "DELETE FROM \(link) l USING \(channel.table) e WHERE \(joined) AND \(channel.match) RETURNING l.\(child)")
        removeByIDStatement = statement("remove_by_id", "DELETE FROM \(link) WHERE \(mine) AND \(child) = $3::uuid RETURNING \(child)")
    }

    /// The values of a link.
    struct Found {
        let child: String
        let isPrimary: Bool
        let label: String?
    }

    /// The link to the address a text means.
    func find(_ text: String, of owner: String, _ transaction: Transaction, _ context: RequestContext) async throws -> Found? {
        let parameters = [context.tenantParameter, .text(owner)] + channel.parameters(text)
        let result = try await transaction.run(Query(findStatement, parameters), context)
        guard let child = result.firstText else { return nil }
        return Found(child: child, isPrimary: result.text(0, 1) == "t", label: result.text(0, 2))
    }

    /// Links an address. Nil keeps a value, or leaves it unset in a new link.
    func put(
        _ child: String, on owner: String, primary: Bool?, label: String?, _ transaction: Transaction, _ context: RequestContext
    ) async throws {
        let mine: [Parameter] = [context.tenantParameter, .text(owner), .text(child)]
        var queries = [lock([child], context)]
        // Two statements: a single one could violate the unique index by reaching the new primary one first.
        if primary == true { queries.append(Query(demoteStatement, mine)) }
        queries.append(Query(putStatement, mine + [Parameter(flag: primary), Parameter(text: label)]))
        try await transaction.run(queries + refresh([child], of: owner, context), context)
    }

    /// Replaces one address by another.
    func replace(
        _ old: String, by child: String, on owner: String, primary: Bool?, label: String?, _ transaction: Transaction,
        _ context: RequestContext
    ) async throws {
        // Both addresses are locked at once, in order: crossing replacements wait without a deadlock.
        let mine: [Parameter] = [context.tenantParameter, .text(owner)]
        var queries = [lock([old, child], context), Query(removeByIDStatement, mine + [.text(old)])]
        if primary == true { queries.append(Query(demoteStatement, mine + [.text(child)])) }
        queries.append(Query(putStatement, mine + [.text(child), Parameter(flag: primary), Parameter(text: label)]))
        try await transaction.run(queries + refresh([old, child], of: owner, context), context)
    }

    /// Overwrites a link.
    /// - Returns: Whether there is such a link.
    func overwrite(
        _ child: String, of owner: String, primary: Bool, label: String?, _ transaction: Transaction, _ context: RequestContext
    ) async throws -> Bool {
        let mine: [Parameter] = [context.tenantParameter, .text(owner), .text(child)]
        let overwrite = Query(overwriteStatement, mine + [Parameter(flag: primary), Parameter(text: label)])
        let results = try await transaction.run(primary ? [Query(demoteStatement, mine), overwrite] : [overwrite], context)
        return results.last?.rowCount == 1
    }

    /// Unlinks the address a text means. The address itself is kept.
    func remove(_ text: String, from owner: String, _ transaction: Transaction, _ context: RequestContext) async throws {
        let parameters = [context.tenantParameter, .text(owner)] + channel.parameters(text)
        let removed = try await transaction.run(Query(removeStatement, parameters), context)
        try await renew(removed, of: owner, transaction, context)
    }

    func remove(id child: String, from owner: String, _ transaction: Transaction, _ context: RequestContext) async throws {
        let removed = try await transaction.run(
            Query(removeByIDStatement, [context.tenantParameter, .text(owner), .text(child)]), context)
        try await renew(removed, of: owner, transaction, context)
    }

    private func renew(_ removed: QueryResult, of owner: String, _ transaction: Transaction, _ context: RequestContext) async throws {
        let children = (0..<removed.rowCount).compactMap { removed.text($0, 0) }
        guard !children.isEmpty else { return }
        try await transaction.run([lock(children, context)] + refresh(children, of: owner, context), context)
    }

    private func lock(_ children: [String], _ context: RequestContext) -> Query {
        Query(channel.lock, [context.tenantParameter, .text(arrayText(children))])
    }

    /// Refreshes what the timelines show through these addresses.
    private func refresh(_ children: [String], of id: String, _ context: RequestContext) -> [Query] {
        guard owner.argument != ReachOwner.user.argument else { return [] }
        let isContact = owner.argument == ReachOwner.contact.argument
        let owners = Parameter.text(arrayText([id]))
        let none = Parameter.text("{}")
        let addresses = Parameter.text(arrayText(children))
        return [
            Query(
                SharedStatements.refreshAddresses,
                [
                    context.tenantParameter, isContact ? owners : none, isContact ? none : owners,
                    channel == .email ? addresses : none, channel == .email ? none : addresses,
                ])
        ]
    }
}

/// Statements that several domains need.
enum SharedStatements {
    /// `$2` contacts, `$3` organizations, `$4` e-mail addresses, `$5` phone numbers.
    static let refreshAddresses = StatementText(
        "timeline.refresh_addresses", "CALL timeline_refresh_addresses($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[])")
}

extension Parameter {
    init(flag: Bool?) { self = flag.map { .text($0 ? "true" : "false") } ?? .null }
}
