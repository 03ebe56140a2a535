/// A statement as it is written in our source. Most are prepared once for each connection, then only their parameters travel.
public final class StatementText: Sendable {
    /// What it is called in logs, metrics and golden files.
    public let name: String
    public let sql: SQL
    /// Whether connections keep it prepared. PostgreSQL soon gives such a statement one plan for all values; one whose plan must
    /// fit its values (how many an array has, how common a prefix is) is planned each time.
    public let isPrepared: Bool

    public init(_ name: String, _ sql: SQL, isPrepared: Bool = true) {
        self.name = name
        self.sql = sql
        self.isPrepared = isPrepared
    }
}

/// A parameter in PostgreSQL's text form. The statement's casts say what it is.
public enum Parameter: Sendable, Equatable {
    case null
    /// Must not contain U+0000, which PostgreSQL cannot store: such a query is refused before it is sent.
    case text(String)
}

/// A statement with its parameters.
public struct Query: Sendable {
    public let statement: StatementText
    public let parameters: [Parameter]

    public init(_ statement: StatementText, _ parameters: [Parameter] = []) {
        self.statement = statement
        self.parameters = parameters
    }
}
