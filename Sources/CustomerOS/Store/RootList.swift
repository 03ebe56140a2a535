internal import GraphQL
internal import Postgres

/// Objects that a root field lists whole, because they are few or named one by one.
struct RootList: Sendable {
    /// The table as `t`; `$1` is the tenant.
    let from: SQL
    let condition: SQL
    let order: SQL
    /// The parameters from `$2` on.
    let parameters: @Sendable (Arguments, RequestContext.Limits) throws(FieldError) -> [Parameter]

    init(
        from: SQL, condition: SQL, order: SQL,
        parameters: @escaping @Sendable (Arguments, RequestContext.Limits) throws(FieldError) -> [Parameter] = { _, _ in [] }
    ) {
        self.from = from
        self.condition = condition
        self.order = order
        self.parameters = parameters
    }
}

/// Resolves a root field that lists objects, with one statement.
final class RootListResolver: BatchResolver, @unchecked Sendable {
    private let list: RootList

    init(_ list: RootList) { self.list = list }

    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        guard let selection = field.selections.first, let entity = Catalog.shared.entity(selection.type.name) else { return nil }
        var sql: SQL = "SELECT NULL\(entity.selectList(selection.columns)) FROM \(list.from) WHERE \(list.condition)"
        if let visible = entity.visible { sql = "\(sql) AND \(visible)" }
        return Statement(field.statementName, "\(sql) ORDER BY \(list.order)")
    }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let statement = call.field.preparation as? Statement, let selection = call.field.selections.first else { return }
        let parameters: [Parameter]
        do {
            parameters = try list.parameters(call.arguments, wave.context.limits)
        } catch {
            call.result = .failure(error, parents: 1, isList: true)
            return
        }
        wave.add(Query(statement, [wave.tenantParameter] + parameters), for: call, isList: true) { result in
            let rows = RowBatch(result, droppingColumns: 1)
            return FieldResult(
                parts: [FieldResult.Part(type: selection.type, rows: rows)], items: (0..<rows.rowCount).map { FieldResult.Item(row: $0) },
                lists: [FieldResult.ListLevel(offsets: [0, Int32(rows.rowCount)])])
        }
    }
}

extension FieldBinding {
    static func list(_ list: RootList) -> FieldBinding { .resolved(RootListResolver(list)) }
}
