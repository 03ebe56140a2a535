internal import EventLoop
internal import GraphQL
internal import Postgres

/// The statements of a planned page: its totals, counted only if selected, and its content.
final class PlannedPage: Sendable {
    private let rows: PagedRows
    private let keys: ListKeys
    private let type: ObjectType
    private let name: String
    private let totals: [String]
    /// The count of all rows, regardless of the filter.
    private let count: StatementText
    private let elements: RecordType?
    private let contents: [Content]

    /// One selected `content`, with a statement for each unfiltered order requested so far.
    private final class Content: Sendable {
        let field: PlannedField
        let type: ObjectType
        let table: SQL
        let columns: SQL
        let statements = Lock<[String: StatementText]>([:])

        init?(_ field: PlannedField, _ elements: RecordType) {
            guard let selection = field.selections.first else { return nil }
            self.field = field
            type = selection.type
            table = elements.table
            columns = elements.selectList(selection.columns)
        }
    }

    /// - Parameter elements: The type of the page's objects, by the page's type.
    init?(_ field: PlannedField, _ rows: PagedRows, _ keys: ListKeys, _ elements: (ObjectType) -> RecordType?) {
        guard let selection = field.selections.first else { return nil }
        self.rows = rows
        self.keys = keys
        type = selection.type
        name = field.statementName
        totals = selection.columns
        count = StatementText("\(name).count", rows.count)
        let elements = elements(type)
        self.elements = elements
        contents = selection.fields.filter { $0.definition.name == "content" }
            .compactMap { field in elements.flatMap { Content(field, $0) } }
    }

    func begin(_ call: FieldCall, _ wave: any StatementWave) throws {
        let arguments = try PageArguments(call.arguments, rows, keys, wave.limits, wave.issuer)
        let parents: ParentKeys? =
            switch rows.scope {
            case .tenant: nil
            case .parent: ParentKeys(call, column: 0)
            }
        let parentCount = call.parents.rowCount
        let counts = counts(arguments)
        let queries = queries(arguments, counts, wave.issuer.tenant, parents)
        if queries.isEmpty {
            call.result = result([], arguments, counts, parents, parentCount: parentCount)
            return
        }
        // A far page scans all rows before it, an order without an index sorts the tenant's rows, and a filter tests
        // them.
        let isSlow =
            arguments.filter != nil || parents == nil && (!arguments.isIndexed || arguments.offset > 2_000 || arguments.limit > 1_000)
        // All of a parent's rows are read to sort them, whatever the page.
        let rowsEach = parents.map { $0.count * wave.assumedListSize } ?? Int(clamping: arguments.offset + arguments.limit)
        wave.read(queries, isSlow: isSlow, rows: queries.count * rowsEach, for: call, isList: false) { results in
            self.result(results, arguments, counts, parents, parentCount: parentCount)
        }
    }

    // MARK: Statements

    /// The queries: the selected totals, then each content.
    private func queries(_ arguments: PageArguments, _ counts: [Counted], _ tenant: Parameter, _ parents: ParentKeys?) -> [Query] {
        var queries: [Query] = []
        let scope = (parents.map { [tenant, .text($0.arrayText)] } ?? [tenant]) + arguments.parameters
        let filtered = scope + (arguments.filter?.parameters ?? [])
        for counted in counts {
            switch counted {
            case .all: queries.append(Query(count, scope))
            case .filtered(let statement): queries.append(Query(statement, filtered))
            }
        }
        for content in contents {
            let range: [Parameter] =
                parents == nil
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
        let found: SQL = "FROM \(rows.from) WHERE \(condition(filter))"
        switch rows.scope {
        case .tenant: return "SELECT count(*) \(found)"
        case .parent(let key): return "SELECT \(key), count(*) \(found) AND \(key) = ANY ($2::uuid[]) GROUP BY \(key)"
        }
    }

    private func condition(_ filter: FilterCondition?) -> SQL {
        var condition: SQL = "\(rows.condition)\(elements?.andVisible ?? "")"
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
        let range = rows.firstFreeParameter + (arguments.filter?.parameters.count ?? 0)
        let (first, second) = (SQL.parameter(range), SQL.parameter(range + 1))
        switch rows.scope {
        case .tenant:
            return """
                SELECT NULL\(content.columns) FROM \(rows.from) WHERE \(condition) \
                ORDER BY \(arguments.order) LIMIT \(first) OFFSET \(second)
                """
        case .parent(let key):
            return """
                SELECT page.parent_key\(content.columns) FROM (\
                SELECT \(key) AS parent_key, t.id, row_number() OVER (PARTITION BY \(key) ORDER BY \(arguments.order)) AS place \
                FROM \(rows.from) WHERE \(condition) AND \(key) = ANY ($2::uuid[])) page \
                JOIN \(content.table) t ON t.tenant_id = $1 AND t.id = page.id \
                WHERE page.place > \(first) AND page.place <= \(second) ORDER BY page.place
                """
        }
    }

    // MARK: Results

    private func result(
        _ results: [QueryResult], _ arguments: PageArguments, _ counts: [Counted], _ parents: ParentKeys?, parentCount: Int
    ) -> FieldResult {
        var available = [Int64](repeating: 0, count: parentCount)
        var found = available
        for (counted, result) in zip(counts, results) {
            let numbers = elementCounts(result, parents)
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
                parents?.result(of: rows, keyed: result, type: content.type, isList: true) ?? .list(rows, of: content.type)
        }
        let texts = zip(found, available).map { found, available in
            totals.map { total($0, found: found, available: available, arguments) }
        }
        return FieldResult(
            parts: [FieldResult.Part(type: type, rows: RowBatch(texts: texts), nested: nested)],
            items: (0..<parentCount).map { FieldResult.Item(row: $0) })
    }

    private func elementCounts(_ counts: QueryResult, _ parents: ParentKeys?) -> [Int64] {
        guard let parents else { return [Int64(counts[0, 0].map { String(decoding: $0, as: UTF8.self) } ?? "") ?? 0] }
        let values = parents.result(of: RowBatch(counts, droppingColumns: 1), keyed: counts, type: nil, isList: false)
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
