/// A statement as written in our source. Most are prepared once per connection, then only their parameters are sent.
public final class StatementText: Sendable {
    /// Its name in logs, metrics and golden files.
    public let name: String
    public let sql: SQL
    /// Whether connections keep it prepared. PostgreSQL soon settles on one plan for such a statement; one whose plan
    /// must fit its values (the size of an array, how common a prefix is) is planned each time.
    public let isPrepared: Bool

    public init(_ name: String, _ sql: SQL, isPrepared: Bool = true) {
        self.name = name
        self.sql = sql
        self.isPrepared = isPrepared
    }
}

/// A parameter in PostgreSQL's text form. The statement's casts determine its type.
public enum Parameter: Sendable, Equatable {
    case null
    /// Must not contain U+0000, which PostgreSQL cannot store: a query with it is refused before it is sent.
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
