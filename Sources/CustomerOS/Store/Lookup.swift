internal import GraphQL
internal import Postgres

/// One object found by an argument: null when nothing matches, or an error where the schema says non-null.
struct Lookup: Sendable {
    /// `t` is the table; `$1` the tenant, `$2` the argument.
    let from: SQL
    let condition: SQL
    let order: SQL?
    let argument: String
    /// The parameter for the argument's text, or nil when it can match nothing.
    let parameter: @Sendable (String) -> Parameter?
    /// The error for an argument that matches nothing, where the field cannot be null.
    var miss: (@Sendable (String) -> FieldError)?

    /// By primary key. Text that is no UUID is the id of nothing.
    static func byID(_ table: SQL, argument: String = "id", miss: (@Sendable (String) -> FieldError)? = nil) -> Lookup {
        Lookup(
            from: "\(table) t", condition: "t.tenant_id = $1 AND t.id = $2::uuid", order: nil, argument: argument,
            parameter: { UUIDKey.isValid($0) ? .text($0) : nil }, miss: miss)
    }
}

/// Resolves a root field that looks one object up.
final class LookupResolver: BatchResolver, @unchecked Sendable {
    private let lookup: Lookup

    init(_ lookup: Lookup) { self.lookup = lookup }

    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        guard let selection = field.selections.first, let entity = Catalog.shared.entity(selection.type.name) else { return nil }
        // NULL stands first because a selection may need no column at all.
        var sql: SQL = "SELECT NULL\(entity.selectList(selection.columns)) FROM \(lookup.from) WHERE \(lookup.condition)"
        if let visible = entity.visible { sql = "\(sql) AND \(visible)" }
        if let order = lookup.order { sql = "\(sql) ORDER BY \(order)" }
        return Statement(field.statementName, "\(sql) LIMIT 1")
    }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let statement = call.field.preparation as? Statement, let selection = call.field.selections.first else { return }
        let text = call.arguments.text(lookup.argument) ?? ""
        let nothing: FieldResult
        if let miss = lookup.miss {
            nothing = .failure(miss(text), parents: 1, isList: false)
        } else {
            nothing = FieldResult(parts: [], items: [.null])
        }
        guard let parameter = lookup.parameter(text) else {
            call.result = nothing
            return
        }
        wave.add(Query(statement, [wave.tenantParameter, parameter]), for: call, isList: false) { result in
            let rows = RowBatch(result, droppingColumns: 1)
            guard rows.rowCount > 0 else { return nothing }
            return FieldResult(parts: [FieldResult.Part(type: selection.type, rows: rows)], items: [FieldResult.Item(row: 0)])
        }
    }
}
