internal import GraphQL
internal import Postgres
internal import Records

/// One object found by an argument: null if nothing matches, or an error if the field is non-null.
struct Lookup: Sendable {
    /// `t` is the table; `$1` the tenant, `$2` the argument.
    let from: SQL
    let condition: SQL
    let order: SQL?
    let argument: String
    /// The error if nothing matches a non-null field; called with the argument's text.
    let miss: (@Sendable (String) -> String)?
    /// The parameter for the argument's text, or nil if it can match nothing.
    let parameter: @Sendable (String) -> Parameter?

    init(
        from: SQL, condition: SQL, order: SQL?, argument: String, miss: (@Sendable (String) -> String)? = nil,
        parameter: @escaping @Sendable (String) -> Parameter?
    ) {
        self.from = from
        self.condition = condition
        self.order = order
        self.argument = argument
        self.miss = miss
        self.parameter = parameter
    }

    /// By primary key. Text that is not a UUID is the id of nothing.
    static func byID(_ table: SQL, argument: String = "id", miss: (@Sendable (String) -> String)? = nil) -> Lookup {
        Lookup(from: "\(table) t", condition: "t.tenant_id = $1 AND t.id = $2::uuid", order: nil, argument: argument, miss: miss) { text in
            UUIDKey.isValid(text) ? .text(text) : nil
        }
    }

    /// The answer if nothing matches `text`.
    fileprivate func missed(_ text: String) -> FieldResult {
        guard let miss else { return FieldResult(parts: [], items: [.null]) }
        return .failure(FieldError(miss(text), code: .notFound), parents: 1, isList: false)
    }
}

/// Resolves a root field that looks up one object.
final class LookupResolver: BatchResolver, @unchecked Sendable {
    private let lookup: Lookup

    init(_ lookup: Lookup) { self.lookup = lookup }

    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        guard let selection = field.selections.first, let entity = Catalog.shared.entity(selection.type.name) else { return nil }
        // NULL comes first because a selection may need no column at all.
        var sql: SQL = "SELECT NULL\(entity.selectList(selection.columns)) FROM \(lookup.from) WHERE \(lookup.condition)"
        if let visible = entity.visible { sql = "\(sql) AND \(visible)" }
        if let order = lookup.order { sql = "\(sql) ORDER BY \(order)" }
        return StatementText(field.statementName, "\(sql) LIMIT 1")
    }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let statement = call.field.preparation as? StatementText, let selection = call.field.selections.first else { return }
        guard case .string(let text)? = call.arguments[lookup.argument] else {
            call.result = FieldResult(parts: [], items: [.null])
            return
        }
        guard let parameter = lookup.parameter(text) else {
            call.result = lookup.missed(text)
            return
        }
        let lookup = lookup
        wave.add(Query(statement, [wave.tenantParameter, parameter]), for: call, isList: false) { result in
            guard result.rowCount > 0 else { return lookup.missed(text) }
            let rows = RowBatch(result, droppingColumns: 1)
            return FieldResult(parts: [FieldResult.Part(type: selection.type, rows: rows)], items: [FieldResult.Item(row: 0)])
        }
    }
}

/// Resolves a root field that says whether a look-up would find something.
final class ExistenceResolver: BatchResolver, @unchecked Sendable {
    private let lookup: Lookup
    private let entity: Entity

    init(_ lookup: Lookup, _ entity: Entity) {
        self.lookup = lookup
        self.entity = entity
    }

    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        let visible: SQL = entity.visible.map { " AND \($0)" } ?? ""
        return StatementText(field.statementName, "SELECT EXISTS (SELECT FROM \(lookup.from) WHERE \(lookup.condition)\(visible))")
    }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let statement = call.field.preparation as? StatementText, case .string(let text)? = call.arguments[lookup.argument] else {
            return
        }
        guard let parameter = lookup.parameter(text) else {
            call.result = Self.answer(RowBatch(texts: [["f"]]))
            return
        }
        wave.add(Query(statement, [wave.tenantParameter, parameter]), for: call, isList: false) { result in
            Self.answer(RowBatch(result, droppingColumns: 0))
        }
    }

    private static func answer(_ rows: RowBatch) -> FieldResult {
        FieldResult(parts: [FieldResult.Part(type: nil, rows: rows)], items: [FieldResult.Item(row: 0)])
    }
}
