internal import Postgres

/// Writes a filter as a condition on `t`, and gathers its parameters.
///
/// Conditions on another table become sets of ids with which the planner can start: their indexes find an address among
/// a million. Sets joined by OR are united, whereas a condition per row would read all rows.
struct FilterWriter {
    private(set) var parameters: [Parameter] = []
    private let rows: SQL
    private let firstParameter: Int

    init(rows: SQL, firstParameter: Int) {
        self.rows = rows
        self.firstParameter = firstParameter
    }

    // MARK: Groups

    mutating func write(_ expression: FilterExpression) -> SQL {
        switch expression {
        case .test(let test): return write(test)
        case .all(let members): return conjunction(members)
        case .any(let members):
            guard expression.isRelated else { return joined(members.map { write($0) }, by: " OR ") }
            var sets = members.filter(\.isRelated).map { set($0) }
            let own = members.filter { !$0.isRelated }
            if !own.isEmpty { sets.append(set(.any(own))) }
            return among(list(sets, separatedBy: " UNION ALL "))
        }
    }

    /// Planning time grows faster than the square of the joined sets. So it gets few, those an index finds first; the
    /// others are merged into one, each planned separately.
    private mutating func conjunction(_ members: [FilterExpression]) -> SQL {
        let related = members.indices.filter { members[$0].isRelated }
        let sought = related.filter { members[$0].isSought } + related.filter { !members[$0].isSought }
        let rest = sought.dropFirst(Self.joinedSets).sorted()
        var conditions = members.indices.filter { !rest.contains($0) }.map { write(members[$0]) }
        if !rest.isEmpty { conditions.append(intersection(rest.map { members[$0] })) }
        return joined(conditions, by: " AND ")
    }

    private static let joinedSets = 8

    private mutating func intersection(_ members: [FilterExpression]) -> SQL {
        let asserted = members.filter { $0.denied == nil }.map { set($0) }
        let denied = members.compactMap(\.denied).map { set(.test($0)) }
        let all: SQL = asserted.isEmpty ? "SELECT t.id \(rows)" : list(asserted, separatedBy: " INTERSECT ")
        return among(list([all] + denied, separatedBy: " EXCEPT "))
    }

    /// Materialized once, whatever its estimated size: otherwise a wrong estimate recomputes it for every row.
    private func among(_ ids: SQL) -> SQL { "t.id IN (WITH found (id) AS MATERIALIZED (\(ids)) SELECT id FROM found)" }

    /// A query for the ids of the rows that meet an expression.
    private mutating func set(_ expression: FilterExpression) -> SQL {
        if case .test(let test) = expression, !test.isDenied, let related = test.property.related {
            return "SELECT \(related.owner) FROM \(related.rows) AND \(condition(test))"
        }
        return "SELECT t.id \(rows) AND (\(write(expression)))"
    }

    private func joined(_ conditions: [SQL], by word: SQL) -> SQL {
        if conditions.isEmpty { return "true" }
        return conditions.count == 1 ? conditions[0] : list(conditions.map { "(\($0))" }, separatedBy: word)
    }

    private func list(_ parts: [SQL], separatedBy separator: SQL) -> SQL {
        parts.dropFirst().reduce(parts.first ?? "") { "\($0)\(separator)\($1)" }
    }

    // MARK: Tests

    private mutating func write(_ test: FilterTest) -> SQL {
        if let related = test.property.related {
            guard test.isDenied else { return "t.id IN (\(set(.test(test))))" }
            // Many rows do not meet a test: PostgreSQL uses a join here, whereas a set could exceed its memory.
            return "NOT EXISTS (SELECT FROM \(related.rows) AND \(related.owner) = t.id AND \(condition(test)))"
        }
        if test.comparison == .present, test.isDenied, test.property.elements == nil { return absence(of: test.property) }
        let condition = condition(test)
        return test.isDenied ? "(\(condition)) IS NOT TRUE" : condition
    }

    /// A missing text is stored as an empty one.
    private func absence(of property: FilterProperty) -> SQL {
        property.kind == .text ? "\(property.value) = ''" : "\(property.value) IS NULL"
    }

    /// Whether the property has a value that meets the test. Null means no.
    private mutating func condition(_ test: FilterTest) -> SQL {
        let condition = comparison(test)
        return test.property.elements.map { "EXISTS (SELECT FROM \($0) WHERE \(condition))" } ?? condition
    }

    private mutating func comparison(_ test: FilterTest) -> SQL {
        let value = test.ignoresCase ? test.property.folded : test.property.value
        switch test.comparison {
        case .present: return test.property.kind == .text ? "\(value) <> ''" : "\(value) IS NOT NULL"
        case .equal, .among:
            if test.values.count == 1 { return "\(value) = \(single(test, 0))" }
            return "\(value) = ANY (\(array(test)))"
        case .contains: return "strpos(\(value), \(single(test, 0))) > 0"
        case .startsWith: return "starts_with(\(value), \(single(test, 0)))"
        case .less: return ordered("\(value) < \(single(test, 0))", test)
        case .lessOrEqual: return ordered("\(value) <= \(single(test, 0))", test)
        case .greater: return ordered("\(value) > \(single(test, 0))", test)
        case .greaterOrEqual: return ordered("\(value) >= \(single(test, 0))", test)
        case .between: return ordered("\(value) BETWEEN \(single(test, 0)) AND \(single(test, 1))", test)
        }
    }

    /// An empty text has no order.
    private func ordered(_ comparison: SQL, _ test: FilterTest) -> SQL {
        test.property.kind == .text ? "\(test.property.value) <> '' AND \(comparison)" : comparison
    }

    // MARK: Parameters

    private mutating func single(_ test: FilterTest, _ index: Int) -> SQL {
        let parameter: SQL = "\(add(.text(test.values[index])))::\(test.property.kind.cast)"
        return test.ignoresCase ? "fold(\(parameter))" : parameter
    }

    /// PostgreSQL hashes a list of constants, but not a subselect.
    private mutating func array(_ test: FilterTest) -> SQL {
        let parameter: SQL = "\(add(test.values.parameter))::\(test.property.kind.cast)[]"
        return test.ignoresCase ? "fold_all(\(parameter))" : parameter
    }

    private mutating func add(_ parameter: Parameter) -> SQL {
        parameters.append(parameter)
        return .parameter(firstParameter + parameters.count - 1)
    }
}
