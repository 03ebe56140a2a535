internal import GraphQL
internal import Postgres

/// The argument `where` of a list as a condition on its rows: groups of comparisons, joined by AND, OR and NOT.
///
/// Logic has two values: a row without a value meets no comparison, and meets the opposite of every comparison unless
/// `includeEmpty` is false. Values are parameters; all of the statement's text comes from the declared properties.
struct FilterCondition {
    /// How deep filters may stand in each other, how many comparisons they may hold, and how many values a list of them.
    static let depthLimit = 10
    static let comparisonLimit = 100
    static let valueLimit = 1_000

    let sql: SQL
    let parameters: [Parameter]

    /// Nil when there is no filter.
    /// - Parameter firstParameter: The number of the statement's parameter that the first value becomes.
    /// - Throws: `FieldError` when the filter is malformed, or names what is not declared.
    init?(_ value: InputValue?, _ properties: [FilterProperty], firstParameter: Int) throws(FieldError) {
        guard case .object(let filter)? = value else { return nil }
        var writer = FilterWriter(properties: properties, firstParameter: firstParameter)
        sql = try writer.condition(filter, depth: 1)
        parameters = writer.parameters
    }
}

/// Writes the condition of a filter and gathers its parameters.
private struct FilterWriter {
    let properties: [FilterProperty]
    let firstParameter: Int
    var parameters: [Parameter] = []
    private var comparisons = 0

    init(properties: [FilterProperty], firstParameter: Int) {
        self.properties = properties
        self.firstParameter = firstParameter
    }

    // MARK: Groups

    mutating func condition(_ filter: InputObject, depth: Int) throws(FieldError) -> SQL {
        guard depth <= FilterCondition.depthLimit else {
            throw .filter("a filter has at most \(FilterCondition.depthLimit) levels", limit: FilterCondition.depthLimit)
        }
        let given = filter.members.filter { $0.value != .null }
        guard given.count == 1 else { throw .filter("incorrect filter formatting: exactly one of NOT, AND, OR, filter is expected") }
        switch (given[0].name, given[0].value) {
        case ("NOT", .object(let inner)): return "(\(try condition(inner, depth: depth + 1))) IS NOT TRUE"
        case ("AND", .list(let members)): return try group(members, "AND", joinedBy: " AND ", depth: depth)
        case ("OR", .list(let members)): return try group(members, "OR", joinedBy: " OR ", depth: depth)
        case ("filter", .object(let item)): return try comparison(item)
        default: throw .filter("incorrect filter formatting")
        }
    }

    private mutating func group(
        _ members: [InputValue], _ name: String, joinedBy separator: SQL, depth: Int
    ) throws(FieldError) -> SQL {
        guard members.count >= 2 else {
            throw .filter("incorrect filter formatting: at least 2 filters expected in \(name) group")
        }
        var sql: SQL = ""
        for (index, member) in members.enumerated() {
            guard case .object(let inner) = member else { throw .filter("incorrect filter formatting") }
            let condition = try condition(inner, depth: depth + 1)
            sql = index == 0 ? "(\(condition))" : "\(sql)\(separator)(\(condition))"
        }
        return sql
    }

    // MARK: Comparisons

    private mutating func comparison(_ item: InputObject) throws(FieldError) -> SQL {
        comparisons += 1
        guard comparisons <= FilterCondition.comparisonLimit else {
            throw .filter("a filter has at most \(FilterCondition.comparisonLimit) comparisons", limit: FilterCondition.comparisonLimit)
        }
        let name = (item.text("property") ?? "").uppercased()
        guard let property = properties.first(where: { $0.name == name }) else {
            throw .filter("given field \(name) not found", allowed: properties.map(\.name))
        }
        guard let word = item.text("operation"), let (comparison, isOpposite) = Comparison.named(word),
            property.kind.comparisons.contains(comparison)
        else {
            throw .filter(
                "\(name) cannot be compared by \(item.text("operation") ?? "null")",
                allowed: property.kind.comparisons.flatMap { $0.words + $0.oppositeWords })
        }
        let operand = FilterOperand(property, ignoresCase: item["caseSensitive"] != .boolean(true))
        let value = item["value"] ?? .null
        if comparison == .empty { return isOpposite ? operand.isPresent : operand.isEmpty }
        let test: SQL
        switch comparison {
        case .among: test = operand.among(try add(list(value, of: property), of: property))
        case .between:
            let bounds = list(value, of: property)
            guard bounds.count == 2 else { throw .filter("\(name) BETWEEN takes a list of two values, the least and the greatest") }
            test = operand.between(try add(bounds[0], of: property), try add(bounds[1], of: property))
        default: test = operand.compare(comparison, try add(value, of: property))
        }
        let condition = operand.anyValue(test)
        guard isOpposite else { return condition }
        let opposite: SQL = "(\(condition)) IS NOT TRUE"
        return item["includeEmpty"] == .boolean(false) ? "\(opposite) AND \(operand.isPresent)" : opposite
    }

    /// One value stands for a list of one, as everywhere in GraphQL.
    private func list(_ value: InputValue, of property: FilterProperty) -> [InputValue] {
        guard case .list(let values) = value else { return [value] }
        return values
    }

    private mutating func add(_ value: InputValue, of property: FilterProperty) throws(FieldError) -> SQL {
        add(Parameter(text: try text(value, of: property)))
    }

    /// All values in one array. Ids that are none are left out: nothing has them.
    private mutating func add(_ values: [InputValue], of property: FilterProperty) throws(FieldError) -> SQL {
        guard values.count <= FilterCondition.valueLimit else {
            throw .filter("a list of values has at most \(FilterCondition.valueLimit)", limit: FilterCondition.valueLimit)
        }
        var texts: [String] = []
        for value in values {
            if let text = try text(value, of: property) { texts.append(text) }
        }
        return add(.text(arrayText(texts)))
    }

    private mutating func add(_ parameter: Parameter) -> SQL {
        parameters.append(parameter)
        return .parameter(firstParameter + parameters.count - 1)
    }

    /// The parameter's text, or nil for an id that is none.
    private func text(_ value: InputValue, of property: FilterProperty) throws(FieldError) -> String? {
        switch (property.kind, value) {
        case (.text, .string(let text)): return text
        case (.enumeration(let words), .string(let text)) where words.contains(text): return text
        case (.enumeration(let words), .enumeration(let text)) where words.contains(text): return text
        case (.number, .integer(let number)): return String(number)
        case (.number, .largeInteger(let digits)) where Double(digits)?.isFinite == true: return Double(digits).map { String($0) }
        case (.number, .float(let number)) where number.isFinite: return String(number)
        case (.flag, .boolean(let flag)): return flag ? "true" : "false"
        case (.identifier, .string(let text)): return UUIDKey.isValid(text) ? text : nil
        case (.time, .string(let text)):
            do { return try Moment.normal(text) } catch { throw .filter("\(property.name) \(error.explanation)") }
        default: throw .filter("\(property.name) takes \(property.kind.valueDescription)")
        }
    }
}

/// A property in a statement, with the comparisons as SQL. A comparison that is null counts as not met.
private struct FilterOperand {
    private let property: FilterProperty
    private let folds: Bool
    private let isText: Bool

    init(_ property: FilterProperty, ignoresCase: Bool) {
        self.property = property
        if case .text(let canIgnoreCase) = property.kind {
            isText = true
            folds = canIgnoreCase && ignoresCase
        } else {
            isText = false
            folds = false
        }
    }

    private var value: SQL { folds ? property.folded : property.value }

    /// Folded once for the whole statement, not for every row.
    private func single(_ parameter: SQL) -> SQL {
        folds ? "(SELECT fold(\(parameter)::text))" : "\(parameter)::\(property.kind.cast)"
    }

    func compare(_ comparison: Comparison, _ parameter: SQL) -> SQL {
        switch comparison {
        case .contains: "strpos(\(value), \(single(parameter))) > 0"
        // A plain argument lets an index on the folded value serve it.
        case .startsWith: folds ? "starts_with(\(value), fold(\(parameter)::text))" : "starts_with(\(value), \(parameter)::text)"
        case .less: ordered("\(value) < \(single(parameter))")
        case .lessOrEqual: ordered("\(value) <= \(single(parameter))")
        case .greater: ordered("\(value) > \(single(parameter))")
        case .greaterOrEqual: ordered("\(value) >= \(single(parameter))")
        case .equal, .between, .among, .empty: "\(value) = \(single(parameter))"
        }
    }

    func between(_ least: SQL, _ greatest: SQL) -> SQL {
        ordered("\(value) BETWEEN \(single(least)) AND \(single(greatest))")
    }

    func among(_ list: SQL) -> SQL {
        folds
            ? "\(value) = ANY (ARRAY(SELECT fold(value) FROM unnest(\(list)::text[]) value))"
            : "\(value) = ANY (\(list)::\(property.kind.cast)[])"
    }

    /// A missing text is stored as an empty one, which has no place in an order.
    private func ordered(_ comparison: SQL) -> SQL {
        isText ? "\(property.value) <> '' AND \(comparison)" : comparison
    }

    /// Whether one of the property's values meets a test.
    func anyValue(_ test: SQL) -> SQL {
        property.related.map { "EXISTS (SELECT \($0) AND \(test))" } ?? test
    }

    var isPresent: SQL { anyValue(isText ? "\(property.value) <> ''" : "\(property.value) IS NOT NULL") }

    var isEmpty: SQL {
        guard property.related == nil else { return "NOT \(isPresent)" }
        return isText ? "\(property.value) = ''" : "\(property.value) IS NULL"
    }
}

extension FieldError {
    /// What is wrong with the argument `where`, and what may stand there instead.
    fileprivate static func filter(_ message: String, allowed: [String] = [], limit: Int? = nil) -> FieldError {
        var details = [GraphQLError.Detail(name: "field", value: .string("where"))]
        if !allowed.isEmpty { details.append(GraphQLError.Detail(name: "allowed", value: .list(allowed.map { .string($0) }))) }
        if let limit { details.append(GraphQLError.Detail(name: "limit", value: .integer(Int64(limit)))) }
        return FieldError(message, code: .badUserInput, details: details)
    }
}
