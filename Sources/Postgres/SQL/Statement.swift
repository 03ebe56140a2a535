/// A statement as it is written in our source: prepared once for each connection, then only its parameters travel.
public final class Statement: Sendable {
    /// What it is called in logs, metrics and golden files.
    public let name: String
    public let sql: SQL

    public init(_ name: String, _ sql: SQL) {
        self.name = name
        self.sql = sql
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
    public let statement: Statement
    public let parameters: [Parameter]

    public init(_ statement: Statement, _ parameters: [Parameter] = []) {
        self.statement = statement
        self.parameters = parameters
    }
}
