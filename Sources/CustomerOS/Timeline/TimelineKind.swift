internal import Postgres

/// The kinds of timeline events. The raw values are those of the column `kind` and of the schema's enum.
enum TimelineKind: String, CaseIterable, Sendable {
    case interactionEvent = "INTERACTION_EVENT"
    case meeting = "MEETING"
    case issue = "ISSUE"
    case action = "ACTION"
    case logEntry = "LOG_ENTRY"
    case interactionSession = "INTERACTION_SESSION"
    case note = "NOTE"
    case pageView = "PAGE_VIEW"
    case markdownEvent = "MARKDOWN_EVENT"

    /// The object type of the schema.
    var typeName: String {
        switch self {
        case .interactionEvent: "InteractionEvent"
        case .meeting: "Meeting"
        case .issue: "Issue"
        case .action: "Action"
        case .logEntry: "LogEntry"
        case .interactionSession: "InteractionSession"
        case .note: "Note"
        case .pageView: "PageView"
        case .markdownEvent: "MarkdownEvent"
        }
    }

    /// What a timeline shows by default. Its index has the same condition, so it is a literal in statements.
    static let usual: SQL = "'INTERACTION_EVENT', 'MEETING', 'ISSUE', 'ACTION', 'LOG_ENTRY'"
}
