internal import GraphQL
internal import Postgres
internal import Records

/// A page of objects: how they are found, sorted and counted.
struct Page: Sendable {
    /// What is paged: the whole tenant, or each parent's objects.
    enum Scope: Sendable {
        case tenant
        /// `key` is the parent's id in `from`.
        case parent(key: SQL)
    }

    let scope: Scope
    /// The table as `t`.
    let from: SQL
    let condition: SQL
    /// The keys clients may sort by. Pages are always made unique by creation and id.
    let sortKeys: [SortKey]
    let filterProperties: [FilterProperty]
    /// The arguments used in `condition` and `count`, as the parameters after the tenant and the parents' ids.
    let arguments: [String]
    /// The count without a filter. `$1` is the tenant. With parents: `$2` their ids, and the rows are key and count.
    let count: SQL

    init(
        scope: Scope, from: SQL, condition: SQL, sortKeys: [SortKey], filterProperties: [FilterProperty] = [], arguments: [String] = [],
        count: SQL
    ) {
        self.scope = scope
        self.from = from
        self.condition = condition
        self.sortKeys = sortKeys
        self.filterProperties = filterProperties
        self.arguments = arguments
        self.count = count
    }

    /// The first parameter of a statement that is neither the tenant, nor the parents' ids, nor an argument.
    var firstFreeParameter: Int {
        switch scope {
        case .tenant: 2 + arguments.count
        case .parent: 3 + arguments.count
        }
    }
}

/// A key that clients may sort by.
struct SortKey: Sendable {
    let name: String
    let expression: SQL
    /// Whether case is ignored by default.
    let ignoresCase: Bool
    /// Whether an index provides the order, so that a page is a short read.
    let isIndexed: Bool

    init(_ name: String, _ expression: SQL, ignoresCase: Bool = false, isIndexed: Bool = false) {
        self.name = name
        self.expression = expression
        self.ignoresCase = ignoresCase
        self.isIndexed = isIndexed
    }
}

/// The arguments `pagination`, `sort` and `where` of a page.
struct PageArguments {
    /// Rows before this page, and rows on it.
    let offset: Int64
    let limit: Int64
    let order: SQL
    /// Identifies the order among the statements of a page.
    let orderName: String
    let isIndexed: Bool
    let filter: FilterCondition?
    /// The values of `Page.arguments`.
    let parameters: [Parameter]

    /// - Throws: `FieldError` for a limit above `limits.pageLimit`, a sort key that is none or stands twice, too many
    ///   of them, or a filter that cannot be.
    init(_ arguments: Arguments, _ page: Page, _ limits: RequestContext.Limits) throws(FieldError) {
        (offset, limit) = try Self.range(arguments["pagination"], pageLimit: limits.pageLimit)
        filter = try FilterCondition(
            arguments["where"], page.filterProperties, rows: "FROM \(page.from) WHERE \(page.condition)", limits: limits.filter,
            firstParameter: page.firstFreeParameter)
        parameters = page.arguments.map { Parameter(arguments[$0]) }
        var terms: [SQL] = []
        var names: [String] = []
        var descending = false
        var isIndexed = true
        if case .list(let entries)? = arguments["sort"] {
            guard entries.count <= limits.sortLimit else {
                throw Self.sortError(
                    "A page is sorted by at most \(limits.sortLimit) entries.", [("limit", .integer(Int64(limits.sortLimit)))])
            }
            var keys: Set<String> = []
            for case .object(let entry) in entries {
                let key = try Self.sortKey(entry, page)
                // A second one would have no effect.
                guard keys.insert(key.name).inserted else { throw Self.sortError("A page is sorted by \(key.name) once: name it once.") }
                descending = entry["direction"] == .enumeration("DESC")
                let ignoresCase = key.ignoresCase && entry["caseSensitive"] != .boolean(true)
                let expression: SQL = ignoresCase ? "fold(\(key.expression))" : key.expression
                terms.append(descending ? "\(expression) DESC" : expression)
                names.append("\(key.name)\(ignoresCase ? "" : " case")\(descending ? " desc" : "")")
                isIndexed = isIndexed && key.isIndexed && ignoresCase == key.ignoresCase
            }
        }
        // Equal rows keep one order over all pages, in the last key's direction, so that one index serves all keys.
        for unique: SQL in ["t.created_at", "t.id"] { terms.append(descending ? "\(unique) DESC" : unique) }
        order = terms.dropFirst().reduce(terms[0]) { "\($0), \($1)" }
        orderName = names.joined(separator: ",")
        self.isIndexed = isIndexed && names.count <= 1
    }

    private static func range(_ value: InputValue?, pageLimit: Int) throws(FieldError) -> (offset: Int64, limit: Int64) {
        guard case .object(let pagination)? = value else { return (0, 10) }
        var page: Int64 = 1
        var limit: Int64 = 10
        if case .integer(let number)? = pagination["page"] { page = max(1, number) }
        if case .integer(let number)? = pagination["limit"], number > 0 { limit = number }
        guard limit <= Int64(pageLimit) else {
            throw FieldError(
                "A page has at most \(pageLimit) elements; ask for fewer with pagination.limit.", code: .badUserInput,
                details: [GraphQLError.Detail(name: "field", value: .string("pagination.limit"))])
        }
        return ((page - 1) * limit, limit)
    }

    private static func sortError(_ message: String, _ details: [(String, InputValue)] = []) -> FieldError {
        let field = GraphQLError.Detail(name: "field", value: .string("sort"))
        return FieldError(message, code: .badUserInput, details: [field] + details.map { GraphQLError.Detail(name: $0.0, value: $0.1) })
    }

    private static func sortKey(_ entry: InputObject, _ page: Page) throws(FieldError) -> SortKey {
        guard case .string(let text)? = entry["by"] else { throw FieldError("Invalid sorting rule", code: .badUserInput) }
        let name = text.uppercased()
        guard let key = page.sortKeys.first(where: { $0.name == name }) else {
            let allowed = page.sortKeys.map { InputValue.string($0.name) }
            throw FieldError(
                "Invalid sorting rule", code: .badUserInput,
                details: [
                    GraphQLError.Detail(name: "field", value: .string("sort.by")),
                    GraphQLError.Detail(name: "allowed", value: .list(allowed)),
                ])
        }
        return key
    }
}
