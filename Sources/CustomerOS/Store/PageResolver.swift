internal import EventLoop
internal import GraphQL
internal import Postgres

/// Resolves a page: its totals, counted only when they are selected, and its content, in one wave.
final class PageResolver: BatchResolver, @unchecked Sendable {
    private let page: Page

    init(_ page: Page) { self.page = page }

    override var parentColumns: [String] {
        switch page.scope {
        case .tenant: []
        case .parent: ["id"]
        }
    }

    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? { PreparedPage(field, page) }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let prepared = call.field.preparation as? PreparedPage else { return }
        let arguments: PageArguments
        do {
            arguments = try PageArguments(call.arguments, page, pageLimit: wave.context.limits.pageLimit)
        } catch {
            call.result = .failure(error, parents: call.parents.rowCount, isList: false)
            return
        }
        let keys: ParentKeys? =
            switch page.scope {
            case .tenant: nil
            case .parent: ParentKeys(call, column: 0)
            }
        let queries = prepared.queries(arguments, wave.tenantParameter, keys)
        // A far page walks over all rows before it, and an order without index sorts the tenant's rows.
        let isSlow = keys == nil && (!arguments.isIndexed || arguments.offset > 2_000 || arguments.limit > 1_000)
        if queries.isEmpty {
            call.result = prepared.result([], arguments, keys, parents: call.parents.rowCount)
            return
        }
        wave.add(queries, slow: isSlow, for: call, isList: false) { results in
            prepared.result(results, arguments, keys, parents: call.parents.rowCount)
        }
    }
}

/// The statements of a planned page.
private final class PreparedPage: Sendable {
    private let page: Page
    private let type: ObjectType
    private let name: String
    private let totals: [String]
    private let count: Statement?
    private let contents: [Content]

    /// One selected `content`, with a statement for each order it was asked in.
    private final class Content: Sendable {
        let field: PlannedField
        let type: ObjectType
        let table: SQL
        let columns: SQL
        let visible: SQL?
        let statements = Lock<[String: Statement]>([:])

        init?(_ field: PlannedField) {
            guard let selection = field.selections.first, let entity = Catalog.shared.entity(selection.type.name) else { return nil }
            self.field = field
            type = selection.type
            table = entity.table
            columns = entity.selectList(selection.columns)
            visible = entity.visible
        }
    }

    init?(_ field: PlannedField, _ page: Page) {
        guard let selection = field.selections.first else { return nil }
        self.page = page
        type = selection.type
        name = field.statementName
        totals = selection.columns
        count = totals.isEmpty ? nil : Statement("\(name).count", page.count)
        contents = selection.fields.filter { $0.definition.name == "content" }.compactMap(Content.init)
    }

    func queries(_ arguments: PageArguments, _ tenant: Parameter, _ keys: ParentKeys?) -> [Query] {
        var queries: [Query] = []
        let scope = keys.map { [tenant, .text($0.arrayText)] } ?? [tenant]
        if let count { queries.append(Query(count, scope)) }
        for content in contents {
            let range: [Parameter] =
                keys == nil
                ? [.text(String(arguments.limit)), .text(String(arguments.offset))]
                : [.text(String(arguments.offset)), .text(String(arguments.offset + arguments.limit))]
            queries.append(Query(statement(content, arguments), scope + range))
        }
        return queries
    }

    private func statement(_ content: Content, _ arguments: PageArguments) -> Statement {
        content.statements.withLock { statements in
            if let statement = statements[arguments.orderName] { return statement }
            let statement = Statement(name, sql(content, arguments))
            // The orders of one document are few unless someone means harm: then they are simply not kept.
            if statements.count < 64 { statements[arguments.orderName] = statement }
            return statement
        }
    }

    private func sql(_ content: Content, _ arguments: PageArguments) -> SQL {
        let condition: SQL = content.visible.map { "\(page.condition) AND \($0)" } ?? page.condition
        switch page.scope {
        case .tenant:
            return """
                SELECT NULL\(content.columns) FROM \(page.from) WHERE \(condition) \
                ORDER BY \(arguments.order) LIMIT $2 OFFSET $3
                """
        case .parent(let key):
            return """
                SELECT page.parent_key\(content.columns) FROM (\
                SELECT \(key) AS parent_key, t.id, row_number() OVER (PARTITION BY \(key) ORDER BY \(arguments.order)) AS place \
                FROM \(page.from) WHERE \(condition) AND \(key) = ANY ($2::uuid[])) page \
                JOIN \(content.table) t ON t.tenant_id = $1 AND t.id = page.id \
                WHERE page.place > $3 AND page.place <= $4 ORDER BY page.place
                """
        }
    }

    func result(_ results: [QueryResult], _ arguments: PageArguments, _ keys: ParentKeys?, parents: Int) -> FieldResult {
        let counts = count == nil ? nil : results.first
        var nested: [Int: FieldResult] = [:]
        for (index, content) in contents.enumerated() {
            let result = results[index + (count == nil ? 0 : 1)]
            let rows = RowBatch(result, droppingColumns: 1)
            nested[content.field.index] =
                keys?.result(of: rows, keyed: result, type: content.type, isList: true)
                ?? FieldResult(
                    parts: [FieldResult.Part(type: content.type, rows: rows)],
                    items: (0..<rows.rowCount).map { FieldResult.Item(row: $0) },
                    lists: [FieldResult.ListLevel(offsets: [0, Int32(rows.rowCount)])])
        }
        let rows = RowBatch(
            texts: elementCounts(counts, keys, parents: parents).map { count in totals.map { total($0, count, arguments) } })
        return FieldResult(
            parts: [FieldResult.Part(type: type, rows: rows, nested: nested)], items: (0..<parents).map { FieldResult.Item(row: $0) })
    }

    private func elementCounts(_ counts: QueryResult?, _ keys: ParentKeys?, parents: Int) -> [Int64] {
        guard let counts else { return [Int64](repeating: 0, count: parents) }
        guard let keys else { return [Int64(counts[0, 0].map { String(decoding: $0, as: UTF8.self) } ?? "") ?? 0] }
        let values = keys.result(of: RowBatch(counts, droppingColumns: 1), keyed: counts, type: nil, isList: false)
        return values.items.map { item in
            guard item.row >= 0, let text = values.parts[0].rows[Int(item.row), 0].text else { return 0 }
            return Int64(text) ?? 0
        }
    }

    private func total(_ column: String, _ count: Int64, _ arguments: PageArguments) -> String {
        column == "totalPages" ? String((count + arguments.limit - 1) / arguments.limit) : String(count)
    }
}

extension FieldBinding {
    /// The bindings of a page's object type.
    static func page(totalAvailable: Bool) -> [String: FieldBinding] {
        var bindings: [String: FieldBinding] = [
            "content": .nested,
            "totalPages": .column("totalPages", .int),
            "totalElements": .column("totalElements", .int64),
        ]
        if totalAvailable { bindings["totalAvailable"] = .column("totalAvailable", .int64) }
        return bindings
    }
}
