internal import GraphQL
internal import Records

/// The arguments of a timeline.
struct TimelineArguments: Decodable {
    /// Only earlier events; nil for now.
    let from: Time?
    let size: Int64
    private let timelineEventTypes: [TimelineEventType]?

    /// The requested kinds; nil for the default ones. Kinds without events are left out.
    var kinds: [TimelineKind]? { TimelineEventType.kinds(timelineEventTypes) }

    /// - Throws: `BAD_USER_INPUT` for a size below zero or above `limit`.
    func checkSize(limit: Int) throws(FieldError) {
        guard size >= 0 else {
            throw FieldError("The size of a timeline must not be negative.", code: .badUserInput, field: "size")
        }
        guard size <= Int64(limit) else {
            throw FieldError(
                "A timeline has at most \(limit) events at once; ask for fewer, and for the next ones with from.",
                code: .badUserInput, field: "size")
        }
    }
}

/// The argument of a timeline's count.
struct TimelineCountArguments: Decodable {
    private let timelineEventTypes: [TimelineEventType]?

    /// The requested kinds; nil for the default ones. Kinds without events are left out.
    var kinds: [TimelineKind]? { TimelineEventType.kinds(timelineEventTypes) }
}
