internal import GraphQL
internal import Postgres
internal import Records

/// Unpaged lists of a tenant's objects: for short lists, and for objects named individually.
struct Listing: Sendable {
    /// The parameters from `$2` on.
    typealias Parameters = @Sendable (Arguments, RequestContext.Limits) throws(FieldError) -> [Parameter]

    /// The table as `t`; `$1` is the tenant.
    let from: SQL
    let condition: SQL
    let order: SQL
    /// Whether it reads many rows, and so needs a connection of its own.
    let isSlow: Bool
    let parameters: Parameters

    init(
        from: SQL, condition: SQL, order: SQL, isSlow: Bool = false,
        parameters: @escaping Parameters = { _, _ throws(FieldError) in [] }
    ) {
        self.from = from
        self.condition = condition
        self.order = order
        self.isSlow = isSlow
        self.parameters = parameters
    }
}

/// Resolves a root field that lists objects.
final class ListingResolver: BatchResolver, @unchecked Sendable {
    private let listing: Listing

    init(_ listing: Listing) { self.listing = listing }

    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        guard let selection = field.selections.first, let entity = Catalog.shared.entity(selection.type.name) else { return nil }
        let visible: SQL = entity.visible.map { " AND \($0)" } ?? ""
        return StatementText(
            field.statementName,
            """
            SELECT NULL\(entity.selectList(selection.columns)) FROM \(listing.from) WHERE \(listing.condition)\(visible) \
            ORDER BY \(listing.order)
            """)
    }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let statement = call.field.preparation as? StatementText, let selection = call.field.selections.first else { return }
        let parameters: [Parameter]
        do {
            parameters = try listing.parameters(call.arguments, wave.context.limits)
        } catch {
            call.result = .failure(error, parents: 1, isList: true)
            return
        }
        wave.add([Query(statement, [wave.tenantParameter] + parameters)], slow: listing.isSlow, for: call, isList: true) { results in
            .list(RowBatch(results[0], droppingColumns: 1), of: selection.type)
        }
    }
}

/// Resolves a root field that lists leaf values chosen by an argument.
final class LeafListingResolver: BatchResolver, @unchecked Sendable {
    private let sql: SQL
    private let argument: String

    /// - Parameter sql: Selects the value; `$1` is the tenant, `$2` the argument.
    init(_ sql: SQL, argument: String) {
        self.sql = sql
        self.argument = argument
    }

    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? { StatementText(field.statementName, sql) }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let statement = call.field.preparation as? StatementText else { return }
        let query = Query(statement, [wave.tenantParameter, Parameter(call.arguments[argument])])
        wave.add([query], slow: true, for: call, isList: true) { results in .list(RowBatch(results[0], droppingColumns: 0), of: nil) }
    }
}
