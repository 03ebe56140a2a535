internal import Records

/// The kinds that clients can ask for, including those of which there are no events.
enum TimelineEventType: String, Word {
    case pageView = "PAGE_VIEW"
    case interactionSession = "INTERACTION_SESSION"
    case note = "NOTE"
    case interactionEvent = "INTERACTION_EVENT"
    case issue = "ISSUE"
    case meeting = "MEETING"
    case logEntry = "LOG_ENTRY"
    case analysis = "ANALYSIS"
    case action = "ACTION"
    case order = "ORDER"
    case markdownEvent = "MARKDOWN_EVENT"

    /// The kinds of events among them, each once; nil if none are named.
    static func kinds(_ types: [TimelineEventType]?) -> [TimelineKind]? {
        guard let types, !types.isEmpty else { return nil }
        return types.reduce(into: []) { kinds, type in
            if let kind = TimelineKind(rawValue: type.rawValue), !kinds.contains(kind) { kinds.append(kind) }
        }
    }
}
