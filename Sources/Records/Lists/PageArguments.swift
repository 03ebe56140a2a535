internal import GraphQL
internal import Postgres

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
    /// Those of `PagedRows.arguments`.
    let parameters: [Parameter]

    /// - Throws: `FieldError` for a page or a sort order beyond the limits, a sort key that is unknown or stands twice,
    ///   or a filter that cannot be.
    init(_ arguments: Arguments, _ rows: PagedRows, _ keys: ListKeys, _ limits: ListLimits, _ issuer: Issuer) throws {
        (offset, limit) = try Self.range(arguments["pagination"], pageLimit: limits.page)
        filter = try FilterCondition(
            arguments["where"], keys.filtered, leastGroup: rows.leastGroup, rows: "FROM \(rows.from) WHERE \(rows.condition)",
            limits: limits.filter,
            firstParameter: rows.firstFreeParameter)
        parameters = try rows.arguments(arguments, issuer)
        var terms: [SQL] = []
        var names: [String] = []
        var descending = false
        var isIndexed = true
        if case .list(let entries)? = arguments["sort"] {
            guard entries.count <= limits.sortKeys else {
                throw Self.sortError(
                    "A page is sorted by at most \(limits.sortKeys) entries.", [("limit", .integer(Int64(limits.sortKeys)))])
            }
            var seen: Set<String> = []
            for case .object(let entry) in entries {
                let key = try Self.sortKey(entry, keys.sorted)
                // A second one would have no effect.
                guard seen.insert(key.name).inserted else { throw Self.sortError("A page is sorted by \(key.name) once: name it once.") }
                descending = entry["direction"] == .enumeration("DESC")
                let ignoresCase = key.ignoresCase && entry["caseSensitive"] != .boolean(true)
                let expression: SQL = ignoresCase ? "fold(\(key.expression))" : key.expression
                let nulls: SQL = descending && key.hasNullsLast ? " NULLS LAST" : ""
                terms.append(descending ? "\(expression) DESC\(nulls)" : expression)
                names.append("\(key.name)\(ignoresCase ? "" : " case")\(descending ? " desc" : "")")
                isIndexed = isIndexed && key.isIndexed && ignoresCase == key.ignoresCase
            }
        }
        if terms.isEmpty, let greatestFirst = rows.greatestFirst {
            descending = true
            terms.append("\(greatestFirst) DESC")
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

    private static func sortKey(_ entry: InputObject, _ keys: [SortKey]) throws(FieldError) -> SortKey {
        guard case .string(let text)? = entry["by"] else { throw FieldError("Invalid sorting rule", code: .badUserInput) }
        let name = text.uppercased()
        guard let key = keys.first(where: { $0.name == name }) else {
            throw FieldError(
                "Invalid sorting rule", code: .badUserInput,
                details: [
                    GraphQLError.Detail(name: "field", value: .string("sort.by")),
                    GraphQLError.Detail(name: "allowed", value: .list(keys.map { .string($0.name) })),
                ])
        }
        return key
    }
}
