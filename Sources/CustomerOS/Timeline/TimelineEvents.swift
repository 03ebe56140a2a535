internal import GraphQL
internal import Postgres
internal import Records

/// Fetches timeline events of any kinds: one statement for each kind that occurs and has a selection beyond existence.
final class TimelineEventFetch: Sendable {
    /// The first statement, which lists the events: `key`, id, kind.
    let statement: StatementText
    /// The same for given kinds.
    let statementOfKinds: StatementText?
    private let members: [String: Member]

    private struct Member: Sendable {
        let selection: PlannedObject
        /// Selects the id and the selected columns of the events whose ids are in `$2`.
        let statement: StatementText?
    }

    init(_ field: PlannedField, sql: SQL, sqlOfKinds: SQL? = nil) {
        statement = StatementText(field.statementName, sql)
        statementOfKinds = sqlOfKinds.map { StatementText("\(field.statementName) of kinds", $0) }
        var members: [String: Member] = [:]
        for kind in TimelineKind.allCases {
            guard let selection = field.selections.first(where: { $0.type.name == kind.typeName }),
                let entity = Catalog.shared.entity(kind.typeName)
            else { continue }
            let visible: SQL = entity.visible.map { " AND \($0)" } ?? ""
            let statement = StatementText(
                "\(field.statementName).\(kind.typeName)",
                """
                SELECT t.id\(entity.selectList(selection.columns)) FROM \(entity.table) t \
                WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])\(visible)
                """)
            members[kind.rawValue] = Member(selection: selection, statement: selection.columns.isEmpty ? nil : statement)
        }
        self.members = members
    }

    /// The result: parts by kind, and the item of each row of the first statement, nil if the event has been deleted
    /// meanwhile.
    typealias Arrange = (_ parts: [FieldResult.Part], _ items: [FieldResult.Item?], _ found: QueryResult) -> FieldResult

    /// Sends the first statement, then those of the kinds.
    /// - Parameter rows: How many rows the first one may return; nil estimates by the number of parents.
    func start(_ query: Query, rows: Int? = nil, for call: FieldCall, _ wave: Wave, isList: Bool, arrange: @escaping Arrange) {
        wave.add([query], rows: rows, for: call, isList: isList) { results, wave in
            self.fetch(results[0], for: call, wave, isList: isList, arrange)
        }
    }

    private func fetch(_ found: QueryResult, for call: FieldCall, _ wave: Wave, isList: Bool, _ arrange: @escaping Arrange) -> FieldResult?
    {
        var rowsOfKind: [String: [Int]] = [:]
        for row in 0..<found.rowCount {
            let kind = found.text(row, 2) ?? ""
            if members[kind] != nil { rowsOfKind[kind, default: []].append(row) }
        }
        let kinds = rowsOfKind.keys.sorted()
        var queries: [Query] = []
        for kind in kinds {
            guard let statement = members[kind]?.statement else { continue }
            var seen: Set<String> = []
            let ids = (rowsOfKind[kind] ?? []).compactMap { found.text($0, 1) }.filter { seen.insert($0).inserted }
            queries.append(Query(statement, [wave.tenantParameter, .text("{" + ids.joined(separator: ",") + "}")]))
        }
        let finish = { [self] (results: [QueryResult]) -> FieldResult in
            var items = [FieldResult.Item?](repeating: nil, count: found.rowCount)
            var parts: [FieldResult.Part] = []
            var results = results[...]
            for kind in kinds {
                guard let member = members[kind], let rows = rowsOfKind[kind] else { continue }
                let part = parts.count
                guard member.statement != nil, let details = results.popFirst() else {
                    // Nothing of them is selected, so they are all alike.
                    for row in rows { items[row] = FieldResult.Item(part: part, row: 0) }
                    parts.append(FieldResult.Part(type: member.selection.type, rows: RowBatch(rowCount: 1, columnCount: 0, owner: nil)))
                    continue
                }
                var places: [UUIDKey: Int] = [:]
                for row in 0..<details.rowCount {
                    if let bytes = details[row, 0], let key = UUIDKey(bytes) { places[key] = row }
                }
                for row in rows {
                    guard let bytes = found[row, 1], let key = UUIDKey(bytes), let place = places[key] else { continue }
                    items[row] = FieldResult.Item(part: part, row: place)
                }
                parts.append(FieldResult.Part(type: member.selection.type, rows: RowBatch(details, droppingColumns: 1)))
            }
            return arrange(parts, items, found)
        }
        guard !queries.isEmpty else { return finish([]) }
        wave.add(queries, rows: found.rowCount, for: call, isList: isList) { results in finish(results) }
        return nil
    }
}

/// The owner of a timeline, with its table.
struct TimelineOwner: Sendable {
    let table: SQL
    let key: SQL

    static let organization = TimelineOwner(table: "organization_timeline", key: "organization_id")
    static let contact = TimelineOwner(table: "contact_timeline", key: "contact_id")
}

/// Resolves `timelineEvents` of an owner: for every owner a backward index range from `from`.
final class TimelineResolver: BatchResolver, @unchecked Sendable {
    private let owner: TimelineOwner

    init(_ owner: TimelineOwner) { self.owner = owner }

    override var parentColumns: [String] { ["id"] }

    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        // `$2` the owners, `$3` from, `$4` size, `$5` kinds. A client's clock may be slightly ahead.
        let before: SQL = "occurred_at < coalesce($3::timestamptz, now() + interval '5 seconds')"
        let newest: SQL = "ORDER BY occurred_at DESC, timeline_event_id DESC LIMIT $4::bigint"
        let row: SQL = "SELECT timeline_event_id, kind, occurred_at FROM \(owner.table) WHERE tenant_id = $1 AND \(owner.key) = owner.id"
        let result: SQL = "SELECT owner.id, e.timeline_event_id, e.kind FROM unnest($2::uuid[]) owner (id) CROSS JOIN LATERAL"
        let order: SQL = "ORDER BY e.occurred_at DESC, e.timeline_event_id DESC"
        return TimelineEventFetch(
            field, sql: "\(result) (\(row) AND kind IN (\(TimelineKind.usual)) AND \(before) \(newest)) e \(order)",
            sqlOfKinds: """
                \(result) (SELECT k.* FROM unnest($5::text[]) asked (kind) CROSS JOIN LATERAL (\
                \(row) AND kind = asked.kind AND \(before) \(newest)) k \(newest)) e \(order)
                """)
    }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let fetch = call.field.preparation as? TimelineEventFetch else { return }
        let arguments: TimelineArguments
        do {
            arguments = try TimelineArguments(call.arguments, limit: wave.context.limits.timelineLimit)
        } catch {
            call.result = .failure(error, parents: call.parents.rowCount, isList: true)
            return
        }
        let keys = ParentKeys(call, column: 0)
        guard !arguments.isEmpty else {
            call.result = keys.result(of: RowBatch(rowCount: 0, columnCount: 0, owner: nil), keyed: nil, type: nil, isList: true)
            return
        }
        var parameters: [Parameter] = [wave.tenantParameter, .text(keys.arrayText), arguments.from, .text(String(arguments.size))]
        var statement = fetch.statement
        if let kinds = arguments.kinds, let statementOfKinds = fetch.statementOfKinds {
            statement = statementOfKinds
            parameters.append(.text(kinds))
        }
        fetch.start(Query(statement, parameters), rows: Int(arguments.size) * keys.count, for: call, wave, isList: true) {
            parts, items, found in
            keys.result(of: parts, items: items, keyed: found, isList: true)
        }
    }
}

/// Resolves `timelineEventsTotalCount`, which includes future events.
final class TimelineCountResolver: BatchResolver, @unchecked Sendable {
    private let owner: TimelineOwner

    init(_ owner: TimelineOwner) { self.owner = owner }

    private final class Prepared: Sendable {
        let usual: StatementText
        let ofKinds: StatementText

        init(_ field: PlannedField, _ owner: TimelineOwner) {
            let rows: SQL = "SELECT \(owner.key), count(*) FROM \(owner.table) WHERE tenant_id = $1 AND \(owner.key) = ANY ($2::uuid[])"
            usual = StatementText(field.statementName, "\(rows) AND kind IN (\(TimelineKind.usual)) GROUP BY \(owner.key)")
            ofKinds = StatementText("\(field.statementName) of kinds", "\(rows) AND kind = ANY ($3::text[]) GROUP BY \(owner.key)")
        }
    }

    override var parentColumns: [String] { ["id"] }

    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? { Prepared(field, owner) }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let prepared = call.field.preparation as? Prepared else { return }
        let keys = ParentKeys(call, column: 0)
        let owners: [Parameter] = [wave.tenantParameter, .text(keys.arrayText)]
        let kinds = TimelineArguments.kinds(call.arguments)
        let query = kinds.map { Query(prepared.ofKinds, owners + [.text($0)]) } ?? Query(prepared.usual, owners)
        // An owner may have a hundred thousand events.
        wave.add([query], slow: true, for: call, isList: false) { results in
            let answer = keys.result(of: RowBatch(results[0], droppingColumns: 1), keyed: results[0], type: nil, isList: false)
            answer.parts.append(FieldResult.Part(type: nil, rows: RowBatch(texts: [["0"]])))
            for index in answer.items.indices where answer.items[index] == .null { answer.items[index] = FieldResult.Item(part: 1, row: 0) }
            return answer
        }
    }
}

/// Resolves the event whose id is in a column of the parent.
final class TimelineEventRelationResolver: BatchResolver, @unchecked Sendable {
    private let column: String

    init(_ column: String) { self.column = column }

    override var parentColumns: [String] { [column] }

    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        TimelineEventFetch(field, sql: "SELECT id, id, kind FROM timeline_event WHERE tenant_id = $1 AND id = ANY ($2::uuid[])")
    }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let fetch = call.field.preparation as? TimelineEventFetch else { return }
        let keys = ParentKeys(call, column: 0)
        let query = Query(fetch.statement, [wave.tenantParameter, .text(keys.arrayText)])
        fetch.start(query, for: call, wave, isList: false) { parts, items, found in
            keys.result(of: parts, items: items, keyed: found, isList: false)
        }
    }
}

/// Resolves `timelineEvents(ids)`: in the order of the ids, each once.
final class TimelineEventsByIDResolver: BatchResolver, @unchecked Sendable {
    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        TimelineEventFetch(
            field,
            sql: """
                SELECT id, id, kind FROM timeline_event WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) ORDER BY array_position($2::uuid[], id)
                """)
    }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let fetch = call.field.preparation as? TimelineEventFetch else { return }
        let ids = call.arguments.values.texts("ids")
        let limit = wave.context.limits.timelineLimit
        guard ids.count <= limit else {
            let error = FieldError("At most \(limit) timeline events are answered at once.", code: .badUserInput, field: "ids")
            call.result = .failure(error, parents: 1, isList: true)
            return
        }
        let query = Query(fetch.statement, [wave.tenantParameter, .text(arrayText(ids.filter(UUIDKey.isValid)))])
        fetch.start(query, for: call, wave, isList: true) { parts, items, _ in
            let there = items.compactMap { $0 }
            return FieldResult(parts: parts, items: there, lists: [FieldResult.ListLevel(offsets: [0, Int32(there.count)])])
        }
    }
}
