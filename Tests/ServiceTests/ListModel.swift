import Foundation

/// What a list should hold: a model of the rules of filters and orders, over rows in memory.
struct ListModel {
    enum Value: Equatable {
        case none
        case text(String)
        case word(String)
        case number(Double)
        /// RFC 3339 in UTC without a fraction, so that texts sort like times.
        case time(String)
        case flag(Bool)
        case identifier(String)
        /// Texts of related records.
        case texts([String])
    }

    struct Row {
        let id: String
        let createdAt: String
        /// By property.
        let values: [String: Value]
    }

    let rows: [Row]
    /// The rank of words that are not sorted alphabetically, by sort key.
    var ranks: [String: [String: Int]] = [:]

    // MARK: Filters

    indirect enum Filter {
        case not(Filter)
        case and([Filter])
        case or([Filter])
        case comparison(property: String, operation: String, operands: [Value], caseSensitive: Bool, includeEmpty: Bool)

        var json: Any {
            switch self {
            case .not(let inner): return ["NOT": inner.json]
            case .and(let members): return ["AND": members.map(\.json)]
            case .or(let members): return ["OR": members.map(\.json)]
            case .comparison(let property, let operation, let operands, let caseSensitive, let includeEmpty):
                let isList = ["IN", "NOT_IN", "IS_NONE_OF", "BETWEEN"].contains(operation)
                let values = operands.map(\.json)
                let item: [String: Any] = [
                    "property": property, "operation": operation, "value": isList ? values : values.first ?? "",
                    "caseSensitive": caseSensitive, "includeEmpty": includeEmpty,
                ]
                return ["filter": item]
            }
        }
    }

    func meets(_ row: Row, _ filter: Filter) -> Bool {
        switch filter {
        case .not(let inner): return !meets(row, inner)
        case .and(let members): return members.allSatisfy { meets(row, $0) }
        case .or(let members): return members.contains { meets(row, $0) }
        case .comparison(let property, let operation, let operands, let caseSensitive, let includeEmpty):
            let value = row.values[property] ?? .none
            let values: [Value]
            if case .texts(let texts) = value { values = texts.map(Value.text) } else { values = [value] }
            let isEmpty = values.allSatisfy(\.isEmpty)
            func any(_ word: String) -> Bool {
                let ignoresCase = !caseSensitive && property != "CUSTOMER_OS_ID"
                let operands = Self.composed.contains(property) ? operands.map(\.composed) : operands
                return values.contains { Self.compare($0, word, operands, ignoresCase: ignoresCase) }
            }
            switch operation {
            case "IS_NULL", "IS_EMPTY": return isEmpty
            case "IS_NOT_NULL", "IS_NOT_EMPTY": return !isEmpty
            case "NOT_EQUAL", "NOT_EQUALS": return !any("EQ") && (includeEmpty || !isEmpty)
            case "NOT_CONTAINS": return !any("CONTAINS") && (includeEmpty || !isEmpty)
            case "NOT_IN", "IS_NONE_OF": return !any("IN") && (includeEmpty || !isEmpty)
            case "EQUALS": return any("EQ")
            default: return any(operation)
            }
        }
    }

    /// Stored in Normalization Form C, so that clients may use either form.
    static let composed: Set<String> = ["NAME", "FIRST_NAME", "LAST_NAME", "TAG", "EMAIL", "RAW_EMAIL"]

    private static func compare(_ value: Value, _ word: String, _ operands: [Value], ignoresCase: Bool) -> Bool {
        if value.isEmpty { return false }
        func key(_ value: Value) -> Value {
            switch value {
            case .text(let text) where ignoresCase: return .text(text.lowercased().precomposedStringWithCanonicalMapping)
            case .word(let word): return .word(word.uppercased())
            default: return value
            }
        }
        let (left, right) = (key(value), operands.map(key))
        switch word {
        case "EQ": return left.isSame(right[0])
        case "IN": return right.contains { left.isSame($0) }
        case "CONTAINS": return right[0].scalars.isEmpty || left.scalars.firstRange(of: right[0].scalars) != nil
        case "STARTS_WITH": return left.scalars.starts(with: right[0].scalars)
        case "LT": return left < right[0]
        case "GT": return right[0] < left
        case "LTE": return !(right[0] < left)
        case "GTE": return !(left < right[0])
        default: return !(left < right[0]) && !(right[1] < left)
        }
    }

    // MARK: Orders

    struct Order {
        let key: String
        /// Nil and null both mean ascending.
        let descending: Bool?
        let caseSensitive: Bool

        var json: Any {
            var entry: [String: Any] = ["by": key, "caseSensitive": caseSensitive]
            entry["direction"] = descending.map { $0 ? "DESC" : "ASC" } ?? NSNull()
            return entry
        }
    }

    func ids(_ filter: Filter?, _ orders: [Order], foldedKeys: Set<String>) -> [String] {
        let found = rows.filter { row in filter.map { meets(row, $0) } ?? true }
        let last = orders.last?.descending ?? false
        return found.sorted { left, right in
            for order in orders {
                let pair = [left, right].map { row -> Value in
                    let value = row.values[order.key] ?? .none
                    if case .word(let word) = value, let ranks = ranks[order.key] { return .number(Double(ranks[word] ?? 0)) }
                    if case .text(let text) = value, foldedKeys.contains(order.key), !order.caseSensitive {
                        return .text(text.lowercased().precomposedStringWithCanonicalMapping)
                    }
                    return value
                }
                let descending = order.descending ?? false
                if pair[0] < pair[1] { return !descending }
                if pair[1] < pair[0] { return descending }
            }
            let (first, second) = ((left.createdAt, left.id), (right.createdAt, right.id))
            return last ? second < first : first < second
        }.map(\.id)
    }
}

extension ListModel.Value: Comparable {
    /// By code point; missing values come last.
    static func < (left: ListModel.Value, right: ListModel.Value) -> Bool {
        switch (left, right) {
        case (.none, _): false
        case (_, .none): true
        case (.number(let left), .number(let right)): left < right
        case (.flag(let left), .flag(let right)): !left && right
        default: left.scalars.lexicographicallyPrecedes(right.scalars)
        }
    }

    /// Swift's `==` also takes canonically equivalent texts for equal; the database does not.
    func isSame(_ other: ListModel.Value) -> Bool { !(self < other) && !(other < self) && self != .none && other != .none }

    var composed: ListModel.Value {
        if case .text(let text) = self { .text(text.precomposedStringWithCanonicalMapping) } else { self }
    }

    var isEmpty: Bool { self == .none || self == .text("") }

    var scalars: [UInt32] {
        switch self {
        case .text(let text), .word(let text), .time(let text), .identifier(let text): text.unicodeScalars.map(\.value)
        default: []
        }
    }

    var json: Any {
        switch self {
        case .text(let text), .word(let text), .time(let text), .identifier(let text): text
        case .number(let number): number == number.rounded() ? Int(number) as Any : number as Any
        case .flag(let flag): flag
        case .none, .texts: ""
        }
    }
}
