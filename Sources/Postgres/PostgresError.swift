internal import CLibPQ

/// Why a statement has no result. It holds no parameter and no text of the server: those are for the server's own log.
public struct PostgresError: Error, Sendable, Equatable {
    public enum Condition: Sendable, Equatable {
        case uniqueViolation, foreignKeyViolation, checkViolation, notNullViolation
        /// A value that its column or the column's index cannot hold: too large, malformed, U+0000.
        case invalidValue
        /// A date, a time or an offset that PostgreSQL does not have.
        case timeOutOfRange
        case deadlock, serializationFailure
        /// Cancelled, or longer than the statement's time limit. A caller that was cancelled has this before the server says anything; then
        /// there is no state.
        case timeout
        /// The caller was cancelled while a transaction was being committed: it may be committed, or not at all.
        case timeoutInCommit
        /// Not answered in time for a connection that others wait for. Nothing was changed: it was a read.
        case delayed
        /// No connection, or it broke before the answer. What was begun is rolled back.
        case unavailable
        /// The connection broke while a transaction was being committed: it may be committed, or not at all.
        case outcomeUnknown
        /// A change where only reads are allowed: on a standby, or by a setting.
        case readOnly
        /// A prepared statement was not there, or there already: a pooler does not keep them. Nothing was done.
        case statementNotKept
        /// Too many wait for a connection, or one waited too long.
        case poolExhausted
        case other
    }

    public let condition: Condition
    /// Five characters (PostgreSQL, appendix A), or empty when the server said nothing.
    public let sqlState: String
    public let constraint: String?
    /// `StatementText.name`.
    public let statement: String?
    /// Whether the session ended before the answer: the server, or a pooler before it, need not have known what became of the statement.
    public private(set) var endedSession = false

    public init(_ condition: Condition, sqlState: String = "", constraint: String? = nil, statement: String? = nil) {
        self.condition = condition
        self.sqlState = sqlState
        self.constraint = constraint
        self.statement = statement
    }

    /// A connection that broke under way.
    static let connectionLost: PostgresError = {
        var error = PostgresError(.unavailable)
        error.endedSession = true
        return error
    }()

    init(result: OpaquePointer, statement: String?) {
        let sqlState = Self.field(result, UInt8(ascii: "C")) ?? ""
        // The severity, which poolers give only where a server may translate it. What libpq itself reports has none.
        let endsSession = (Self.field(result, UInt8(ascii: "V")) ?? Self.field(result, UInt8(ascii: "S"))) != "ERROR"
        self.init(
            endsSession ? .unavailable : Self.condition(of: sqlState), sqlState: sqlState,
            constraint: Self.field(result, UInt8(ascii: "n")), statement: statement)
        endedSession = endsSession
    }

    private static func field(_ result: OpaquePointer, _ code: UInt8) -> String? {
        PQresultErrorField(result, Int32(code)).map { String(cString: $0) }
    }

    static func condition(of sqlState: String) -> Condition {
        switch sqlState {
        case "23505": return .uniqueViolation
        case "23503", "23001": return .foreignKeyViolation
        case "23514": return .checkViolation
        case "23502": return .notNullViolation
        case "40P01": return .deadlock
        case "40001": return .serializationFailure
        case "57014", "55P03": return .timeout
        case "25006": return .readOnly
        case "26000", "42P05": return .statementNotKept
        case "22007", "22008", "22009": return .timeOutOfRange
        case "": return .unavailable
        default: break
        }
        switch sqlState.prefix(2) {
        // Class 54 is a limit of the server: a text too long for an index.
        case "22", "54": return .invalidValue
        case "08", "53", "57", "58": return .unavailable
        default: return .other
        }
    }
}
