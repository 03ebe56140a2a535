internal import GraphQL
internal import Postgres
internal import Records

/// Reads timeline events of any kinds: a statement lists them, then one follows for each kind that occurs and has a
/// selection beyond existence.
struct PlannedEvents: Sendable {
    private struct Member: Sendable {
        let selection: PlannedObject
        /// Selects the id and the selected columns of the events whose ids are in `$2`; nil if nothing is selected.
        let statement: StatementText?
    }

    private let members: [String: Member]

    init(_ field: PlannedField) {
        var members: [String: Member] = [:]
        for kind in TimelineKind.allCases {
            let type = kind.record.type
            guard let selection = field.selections.first(where: { $0.type.name == type.name }) else { continue }
            let statement = StatementText(
                "\(field.statementName).\(type.name)",
                """
                SELECT t.id\(type.selectList(selection.columns)) FROM \(type.table) t \
                WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])\(type.andVisible)
                """)
            members[kind.rawValue] = Member(
                selection: selection, statement: selection.columns.isEmpty ? nil : statement)
        }
        self.members = members
    }

    /// The objects of a field: parts by kind, and the item of each listed event, nil if it has been deleted meanwhile.
    struct Found {
        let parts: [FieldResult.Part]
        let items: [FieldResult.Item?]
        /// The listed events: key, id and kind.
        let listed: QueryResult
    }

    /// Lists events, then reads them.
    /// - Parameters:
    ///   - list: Selects key, id and kind.
    ///   - rows: How many events it may list; nil estimates by the number of parents.
    func read(
        _ list: Query, rows: Int? = nil, for call: FieldCall, _ wave: any StatementWave, isList: Bool,
        answer: @escaping (Found) -> FieldResult
    ) {
        wave.read([list], isSlow: false, rows: rows, for: call, isList: isList) { results, wave in
            let listed = results[0]
            let rowsOfKind = rowsOfKind(listed)
            // In a fixed order, so that the same statements follow whatever the events are.
            let kinds = rowsOfKind.keys.sorted()
            let queries = kinds.compactMap { query($0, rowsOfKind[$0] ?? [], listed, wave.issuer) }
            guard !queries.isEmpty else { return answer(found(listed, kinds, rowsOfKind, [])) }
            wave.read(queries, isSlow: false, rows: listed.rowCount, for: call, isList: isList) { details in
                answer(found(listed, kinds, rowsOfKind, details))
            }
            return nil
        }
    }

    /// The rows of `listed` by their kinds, without those that the field does not select.
    private func rowsOfKind(_ listed: QueryResult) -> [String: [Int]] {
        var rows: [String: [Int]] = [:]
        for row in 0..<listed.rowCount {
            let kind = listed.text(row, 2) ?? ""
            if members[kind] != nil { rows[kind, default: []].append(row) }
        }
        return rows
    }

    private func query(_ kind: String, _ rows: [Int], _ listed: QueryResult, _ issuer: Issuer) -> Query? {
        guard let statement = members[kind]?.statement else { return nil }
        var seen: Set<String> = []
        let ids = rows.compactMap { listed.text($0, 1) }.filter { seen.insert($0).inserted }
        return Query(statement, [issuer.tenant, .text("{" + ids.joined(separator: ",") + "}")])
    }

    private func found(
        _ listed: QueryResult, _ kinds: [String], _ rowsOfKind: [String: [Int]], _ details: [QueryResult]
    ) -> Found {
        var items = [FieldResult.Item?](repeating: nil, count: listed.rowCount)
        var parts: [FieldResult.Part] = []
        var details = details[...]
        for kind in kinds {
            guard let member = members[kind], let rows = rowsOfKind[kind] else { continue }
            let part = parts.count
            guard member.statement != nil, let result = details.popFirst() else {
                // Nothing of them is selected, so they are all alike.
                for row in rows { items[row] = FieldResult.Item(part: part, row: 0) }
                parts.append(
                    FieldResult.Part(
                        type: member.selection.type, rows: RowBatch(rowCount: 1, columnCount: 0, owner: nil)))
                continue
            }
            var places: [UUIDKey: Int] = [:]
            for row in 0..<result.rowCount {
                if let bytes = result[row, 0], let key = UUIDKey(bytes) { places[key] = row }
            }
            for row in rows {
                guard let bytes = listed[row, 1], let key = UUIDKey(bytes), let place = places[key] else { continue }
                items[row] = FieldResult.Item(part: part, row: place)
            }
            parts.append(FieldResult.Part(type: member.selection.type, rows: RowBatch(result, droppingColumns: 1)))
        }
        return Found(parts: parts, items: items, listed: listed)
    }
}
