internal import GraphQL

/// Parses a client's filter.
///
/// A row without a value meets no comparison, and every negated one unless `includeEmpty` is false.
struct FilterReader {
    private let properties: [FilterProperty]
    private let limits: FilterLimits
    /// The least number of members that AND and OR must have.
    private let leastGroup: Int
    private var comparisons = 0

    init(_ properties: [FilterProperty], _ limits: FilterLimits, leastGroup: Int = 2) {
        self.properties = properties
        self.limits = limits
        self.leastGroup = leastGroup
    }

    mutating func read(_ filter: InputObject) throws(FieldError) -> FilterExpression { try read(filter, depth: 1, isDenied: false) }

    // MARK: Groups

    private mutating func read(_ filter: InputObject, depth: Int, isDenied: Bool) throws(FieldError) -> FilterExpression {
        guard depth <= limits.depth else {
            throw .filter("a filter has at most \(limits.depth) levels", limit: limits.depth)
        }
        let given = filter.members.filter { $0.value != .null }
        guard given.count == 1 else { throw .filter("incorrect filter formatting: exactly one of NOT, AND, OR, filter is expected") }
        switch (given[0].name, given[0].value) {
        case ("NOT", .object(let inner)): return try read(inner, depth: depth + 1, isDenied: !isDenied)
        case ("AND", .list(let members)):
            let members = try group(members, "AND", depth: depth, isDenied: isDenied)
            return isDenied ? .disjunction(members) : .conjunction(members)
        case ("OR", .list(let members)):
            let members = try group(members, "OR", depth: depth, isDenied: isDenied)
            return isDenied ? .conjunction(members) : .disjunction(members)
        case ("filter", .object(let item)): return try comparison(item, isDenied: isDenied)
        default: throw .filter("incorrect filter formatting")
        }
    }

    private mutating func group(
        _ members: [InputValue], _ name: String, depth: Int, isDenied: Bool
    ) throws(FieldError) -> [FilterExpression] {
        guard members.count >= leastGroup else {
            throw .filter("incorrect filter formatting: at least \(leastGroup) filters expected in \(name) group")
        }
        // A group without members is no condition, whatever negates it.
        guard !members.isEmpty else { return [.all([])] }
        var expressions: [FilterExpression] = []
        for member in members {
            guard case .object(let inner) = member else { throw .filter("incorrect filter formatting") }
            expressions.append(try read(inner, depth: depth + 1, isDenied: isDenied))
        }
        return expressions
    }

    // MARK: Comparisons

    private mutating func comparison(_ item: InputObject, isDenied: Bool) throws(FieldError) -> FilterExpression {
        comparisons += 1
        guard comparisons <= limits.comparisons else {
            throw .filter("a filter has at most \(limits.comparisons) comparisons", limit: limits.comparisons)
        }
        let name = (item["property"]?.text ?? "").uppercased()
        guard let property = properties.first(where: { $0.name == name }) else {
            throw .filter("given field \(name) not found", allowed: properties.map(\.name))
        }
        guard let word = item["operation"]?.text, let (comparison, isOpposite) = Comparison.named(word),
            property.kind.comparisons.contains(comparison)
        else {
            throw .filter(
                "\(name) cannot be compared by \(item["operation"]?.text ?? "null")",
                allowed: property.kind.comparisons.flatMap { $0.words + $0.oppositeWords })
        }
        var test = FilterTest(property: property, comparison: comparison, isDenied: isOpposite != isDenied)
        guard comparison != .present else { return .test(test) }
        test.ignoresCase = property.kind == .text && property.form.ignoresCase && item["caseSensitive"] != .boolean(true)
        test.values = try values(item["value"] ?? .null, of: property, comparison)
        if property.kind == .text { test = test.withoutEmptyTexts }
        guard isOpposite, item["includeEmpty"] == .boolean(false) else { return .test(test) }
        let presence = FilterTest(property: property, comparison: .present, isDenied: isDenied)
        let both: [FilterExpression] = [.test(test), .test(presence)]
        return isDenied ? .disjunction(both) : .conjunction(both)
    }

    private func values(_ value: InputValue, of property: FilterProperty, _ comparison: Comparison) throws(FieldError) -> [String] {
        // A single value stands for a list of one, as everywhere in GraphQL.
        var given = [value]
        if comparison == .among || comparison == .between, case .list(let values) = value { given = values }
        guard given.count <= limits.values else {
            throw .filter("a list of values has at most \(limits.values)", limit: limits.values)
        }
        guard comparison != .between || given.count == 2 else {
            throw .filter("\(property.name) BETWEEN takes a list of two values, the least and the greatest")
        }
        var texts: [String] = []
        for value in given {
            if let text = try text(value, of: property, comparison) { texts.append(text) }
        }
        return texts
    }

    /// The parameter's text, or nil for an invalid id, which nothing has.
    private func text(_ value: InputValue, of property: FilterProperty, _ comparison: Comparison) throws(FieldError) -> String? {
        switch (property.kind, value) {
        case (.text, .string(let text)): return property.form.compared(text, comparison)
        case (.enumeration(let words), .string(let text)):
            if let word = words.first(where: { $0 == text.uppercased() }) { return word }
            throw .filter("\(property.name) takes \(property.kind.valueDescription)")
        case (.enumeration(let words), .enumeration(let text)) where words.contains(text): return text
        case (.number, .integer(let number)): return String(number)
        case (.number, .largeInteger(let digits)) where Double(digits)?.isFinite == true: return Double(digits).map { String($0) }
        case (.number, .float(let number)) where number.isFinite: return String(number)
        case (.flag, .boolean(let flag)): return flag ? "true" : "false"
        case (.identifier, .string(let text)): return UUIDKey.isValid(text) ? text : nil
        case (.time, .string(let text)):
            do { return try Time.normal(text) } catch { throw .filter("\(property.name) \(error.explanation)") }
        default: throw .filter("\(property.name) takes \(property.kind.valueDescription)")
        }
    }
}

extension FieldError {
    /// An error in the argument `where`, with the allowed values.
    fileprivate static func filter(_ message: String, allowed: [String] = [], limit: Int? = nil) -> FieldError {
        var details = [GraphQLError.Detail(name: "field", value: .string("where"))]
        if !allowed.isEmpty { details.append(GraphQLError.Detail(name: "allowed", value: .list(allowed.map { .string($0) }))) }
        if let limit { details.append(GraphQLError.Detail(name: "limit", value: .integer(Int64(limit)))) }
        return FieldError(message, code: .badUserInput, details: details)
    }
}
