internal import Postgres
internal import Records

/// The statements that list the newest events on timelines: of the usual kinds, and of given ones.
struct TimelineList: Sendable {
    private let usual: StatementText
    private let ofKinds: StatementText

    init(_ name: String, _ owner: TimelineOwner) {
        // `$2` the owners, `$3` from, `$4` size, `$5` kinds. A client's clock may be slightly ahead.
        let before: SQL = "occurred_at < coalesce($3::timestamptz, now() + interval '5 seconds')"
        let newest: SQL = "ORDER BY occurred_at DESC, timeline_event_id DESC LIMIT $4::bigint"
        let row: SQL = """
            SELECT timeline_event_id, kind, occurred_at FROM \(owner.table) \
            WHERE tenant_id = $1 AND \(owner.key) = owner.id
            """
        let result: SQL = """
            SELECT owner.id, e.timeline_event_id, e.kind FROM unnest($2::uuid[]) owner (id) CROSS JOIN LATERAL
            """
        let order: SQL = "ORDER BY e.occurred_at DESC, e.timeline_event_id DESC"
        usual = StatementText(
            name, "\(result) (\(row) AND kind IN (\(TimelineKind.usual)) AND \(before) \(newest)) e \(order)")
        ofKinds = StatementText(
            "\(name) of kinds",
            """
            \(result) (SELECT k.* FROM unnest($5::text[]) asked (kind) CROSS JOIN LATERAL (\
            \(row) AND kind = asked.kind AND \(before) \(newest)) k \(newest)) e \(order)
            """)
    }

    func query(_ owners: ParentKeys, _ arguments: TimelineArguments, _ issuer: Issuer) -> Query {
        let parameters = [
            issuer.tenant, .text(owners.arrayText), arguments.from.parameter, arguments.size.parameter,
        ]
        guard let kinds = arguments.kinds else { return Query(usual, parameters) }
        return Query(ofKinds, parameters + [kinds.parameter])
    }
}

/// The statements that count the events on timelines: of the usual kinds, and of given ones.
struct TimelineCount: Sendable {
    private let usual: StatementText
    private let ofKinds: StatementText

    init(_ name: String, _ owner: TimelineOwner) {
        let rows: SQL = """
            SELECT \(owner.key), count(*) FROM \(owner.table) WHERE tenant_id = $1 AND \(owner.key) = ANY ($2::uuid[])
            """
        usual = StatementText(name, "\(rows) AND kind IN (\(TimelineKind.usual)) GROUP BY \(owner.key)")
        ofKinds = StatementText("\(name) of kinds", "\(rows) AND kind = ANY ($3::text[]) GROUP BY \(owner.key)")
    }

    func query(_ owners: ParentKeys, _ kinds: [TimelineKind]?, _ issuer: Issuer) -> Query {
        let parameters: [Parameter] = [issuer.tenant, .text(owners.arrayText)]
        guard let kinds else { return Query(usual, parameters) }
        return Query(ofKinds, parameters + [kinds.parameter])
    }
}
