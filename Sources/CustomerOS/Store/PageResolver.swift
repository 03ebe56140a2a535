internal import EventLoop
internal import GraphQL
internal import Postgres
internal import Records

/// Resolves a page: its totals, counted only if selected, and its content, in one wave.
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
            arguments = try PageArguments(call.arguments, page, wave.context.limits)
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
        // A far page scans all rows before it, an order without an index sorts the tenant's rows, and a filter tests
        // them.
        let isSlow =
            arguments.filter != nil || keys == nil && (!arguments.isIndexed || arguments.offset > 2_000 || arguments.limit > 1_000)
        if queries.isEmpty {
            call.result = prepared.result([], arguments, keys, parents: call.parents.rowCount)
            return
        }
        // All of a parent's rows are read to sort them, whatever the page.
        let rows = queries.count * (keys.map { $0.count * Wave.assumedListSize } ?? Int(clamping: arguments.offset + arguments.limit))
        wave.add(queries, slow: isSlow, rows: rows, for: call, isList: false) { results in
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
    /// The count of all rows, regardless of the filter.
    private let count: StatementText
    private let elements: Entity?
    private let contents: [Content]

    /// One selected `content`, with a statement for each unfiltered order requested so far.
    private final class Content: Sendable {
        let field: PlannedField
        let type: ObjectType
        let table: SQL
        let columns: SQL
        let statements = Lock<[String: StatementText]>([:])

        init?(_ field: PlannedField) {
            guard let selection = field.selections.first, let entity = Catalog.shared.entity(selection.type.name) else { return nil }
            self.field = field
            type = selection.type
            table = entity.table
            columns = entity.selectList(selection.columns)
        }
    }

    init?(_ field: PlannedField, _ page: Page) {
        guard let selection = field.selections.first else { return nil }
        self.page = page
        type = selection.type
        name = field.statementName
        totals = selection.columns
        count = StatementText("\(name).count", page.count)
        elements = type.field("content").flatMap { Catalog.shared.entity($0.type.namedType.name) }
        contents = selection.fields.filter { $0.definition.name == "content" }.compactMap(Content.init)
    }

    // MARK: Statements

    /// The queries: the selected totals, then each content.
    func queries(_ arguments: PageArguments, _ tenant: Parameter, _ keys: ParentKeys?) -> [Query] {
        var queries: [Query] = []
        let scope = (keys.map { [tenant, .text($0.arrayText)] } ?? [tenant]) + arguments.parameters
        let filtered = scope + (arguments.filter?.parameters ?? [])
        for counted in counts(arguments) {
            switch counted {
            case .all: queries.append(Query(count, scope))
            case .filtered(let statement): queries.append(Query(statement, filtered))
            }
        }
        for content in contents {
            let range: [Parameter] =
                keys == nil
                ? [.text(String(arguments.limit)), .text(String(arguments.offset))]
                : [.text(String(arguments.offset)), .text(String(arguments.offset + arguments.limit))]
            queries.append(Query(statement(content, arguments), filtered + range))
        }
        return queries
    }

    private enum Counted {
        case all
        case filtered(StatementText)
    }

    /// The counts that the selected totals need: `totalAvailable` counts all rows, the others those that meet the
    /// filter.
    private func counts(_ arguments: PageArguments) -> [Counted] {
        guard let filter = arguments.filter else { return totals.isEmpty ? [] : [.all] }
        var counts: [Counted] = []
        if totals.contains("totalAvailable") { counts.append(.all) }
        if totals.contains("totalElements") || totals.contains("totalPages") {
            counts.append(.filtered(StatementText("\(name).count", filteredCount(filter), isPrepared: false)))
        }
        return counts
    }

    private func filteredCount(_ filter: FilterCondition) -> SQL {
        let rows: SQL = "FROM \(page.from) WHERE \(condition(filter))"
        switch page.scope {
        case .tenant: return "SELECT count(*) \(rows)"
        case .parent(let key): return "SELECT \(key), count(*) \(rows) AND \(key) = ANY ($2::uuid[]) GROUP BY \(key)"
        }
    }

    private func condition(_ filter: FilterCondition?) -> SQL {
        var condition = page.condition
        if let visible = elements?.visible { condition = "\(condition) AND \(visible)" }
        if let filter { condition = "\(condition) AND (\(filter.sql))" }
        return condition
    }

    private func statement(_ content: Content, _ arguments: PageArguments) -> StatementText {
        guard arguments.filter == nil else { return StatementText(name, sql(content, arguments), isPrepared: false) }
        return content.statements.withLock { statements in
            if let statement = statements[arguments.orderName] { return statement }
            // A document has few orders unless an attacker varies them: then they are not kept, neither here nor by the
            // database.
            let isKept = statements.count < 64
            let statement = StatementText(name, sql(content, arguments), isPrepared: isKept)
            if isKept { statements[arguments.orderName] = statement }
            return statement
        }
    }

    private func sql(_ content: Content, _ arguments: PageArguments) -> SQL {
        let condition = condition(arguments.filter)
        let range = page.firstFreeParameter + (arguments.filter?.parameters.count ?? 0)
        let (first, second) = (SQL.parameter(range), SQL.parameter(range + 1))
        switch page.scope {
        case .tenant:
            return """
                SELECT NULL\(content.columns) FROM \(page.from) WHERE \(condition) \
                ORDER BY \(arguments.order) LIMIT \(first) OFFSET \(second)
                """
        case .parent(let key):
            return """
                SELECT page.parent_key\(content.columns) FROM (\
                SELECT \(key) AS parent_key, t.id, row_number() OVER (PARTITION BY \(key) ORDER BY \(arguments.order)) AS place \
                FROM \(page.from) WHERE \(condition) AND \(key) = ANY ($2::uuid[])) page \
                JOIN \(content.table) t ON t.tenant_id = $1 AND t.id = page.id \
                WHERE page.place > \(first) AND page.place <= \(second) ORDER BY page.place
                """
        }
    }

    // MARK: Results

    func result(_ results: [QueryResult], _ arguments: PageArguments, _ keys: ParentKeys?, parents: Int) -> FieldResult {
        var available = [Int64](repeating: 0, count: parents)
        var found = available
        let counts = counts(arguments)
        for (counted, result) in zip(counts, results) {
            let numbers = elementCounts(result, keys)
            switch counted {
            case .all:
                available = numbers
                if arguments.filter == nil { found = numbers }
            case .filtered: found = numbers
            }
        }
        var nested: [Int: FieldResult] = [:]
        for (content, result) in zip(contents, results.dropFirst(counts.count)) {
            let rows = RowBatch(result, droppingColumns: 1)
            nested[content.field.index] =
                keys?.result(of: rows, keyed: result, type: content.type, isList: true)
                ?? FieldResult(
                    parts: [FieldResult.Part(type: content.type, rows: rows)],
                    items: (0..<rows.rowCount).map { FieldResult.Item(row: $0) },
                    lists: [FieldResult.ListLevel(offsets: [0, Int32(rows.rowCount)])])
        }
        let rows = RowBatch(
            texts: zip(found, available).map { found, available in
                totals.map { total($0, found: found, available: available, arguments) }
            })
        return FieldResult(
            parts: [FieldResult.Part(type: type, rows: rows, nested: nested)], items: (0..<parents).map { FieldResult.Item(row: $0) })
    }

    private func elementCounts(_ counts: QueryResult, _ keys: ParentKeys?) -> [Int64] {
        guard let keys else { return [Int64(counts[0, 0].map { String(decoding: $0, as: UTF8.self) } ?? "") ?? 0] }
        let values = keys.result(of: RowBatch(counts, droppingColumns: 1), keyed: counts, type: nil, isList: false)
        return values.items.map { item in
            guard item.row >= 0, let text = values.parts[0].rows[Int(item.row), 0].text else { return 0 }
            return Int64(text) ?? 0
        }
    }

    private func total(_ column: String, found: Int64, available: Int64, _ arguments: PageArguments) -> String {
        switch column {
        case "totalPages": String((found + arguments.limit - 1) / arguments.limit)
        case "totalAvailable": String(available)
        default: String(found)
        }
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
