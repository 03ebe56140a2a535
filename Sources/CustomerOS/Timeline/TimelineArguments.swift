internal import GraphQL
internal import Postgres
internal import Records

/// The arguments of a timeline.
struct TimelineArguments {
    /// Only earlier events; null for now.
    let from: Parameter
    let size: Int64
    /// The requested kinds, as an array's text; nil for the default ones. Kinds without events are left out.
    let kinds: String?
    /// Whether all requested kinds are without events.
    let isEmpty: Bool

    /// - Throws: `FieldError` for a size below zero or above `limit`.
    init(_ arguments: Arguments, limit: Int) throws(FieldError) {
        var size: Int64 = 0
        if case .integer(let number)? = arguments["size"] { size = number }
        guard size >= 0 else { throw FieldError("The size of a timeline must not be negative.", code: .badUserInput, field: "size") }
        guard size <= Int64(limit) else {
            throw FieldError(
                "A timeline has at most \(limit) events at once; ask for fewer, and for the next ones with from.", code: .badUserInput,
                field: "size")
        }
        self.size = size
        from = Parameter(text: arguments.text("from"))
        kinds = Self.kinds(arguments)
        isEmpty = size == 0 || kinds == "{}"
    }

    /// The kinds of `timelineEventTypes`: nil if none are named.
    static func kinds(_ arguments: Arguments) -> String? {
        guard case .list(let values)? = arguments["timelineEventTypes"], !values.isEmpty else { return nil }
        var kinds: [String] = []
        for case .enumeration(let name) in values where TimelineKind(rawValue: name) != nil && !kinds.contains(name) { kinds.append(name) }
        return arrayText(kinds)
    }
}
