internal import Postgres
internal import Records

/// The kinds of timeline events. The raw values are those of the column `kind` and of the schema's enum.
enum TimelineKind: String, CaseIterable, ParameterValue {
    case interactionEvent = "INTERACTION_EVENT"
    case meeting = "MEETING"
    case issue = "ISSUE"
    case action = "ACTION"
    case logEntry = "LOG_ENTRY"
    case interactionSession = "INTERACTION_SESSION"
    case note = "NOTE"
    case pageView = "PAGE_VIEW"
    case markdownEvent = "MARKDOWN_EVENT"

    /// The events of this kind.
    var record: any EventRecord.Type {
        switch self {
        case .interactionEvent: InteractionEvent.self
        case .meeting: Meeting.self
        case .issue: SupportIssue.self
        case .action: Action.self
        case .logEntry: LogEntry.self
        case .interactionSession: InteractionSession.self
        case .note: Note.self
        case .pageView: PageView.self
        case .markdownEvent: MarkdownEvent.self
        }
    }

    /// What a timeline shows by default. Its index has the same condition, so it is a literal in statements.
    static let usual: SQL = "'INTERACTION_EVENT', 'MEETING', 'ISSUE', 'ACTION', 'LOG_ENTRY'"
}
