internal import CLibPQ

/// Why a statement has no result. It holds no parameters and no server text: those belong in the server's own log.
public struct PostgresError: Error, Sendable, Equatable {
    public enum Condition: Sendable, Equatable {
        case uniqueViolation, foreignKeyViolation, checkViolation, notNullViolation
        /// A value that its column or the column's index cannot hold: too large, malformed, U+0000.
        case invalidValue
        /// A date, time or offset outside PostgreSQL's range.
        case timeOutOfRange
        case deadlock, serializationFailure
        /// Cancelled, or longer than the statement's time limit. A cancelled caller gets this before the server
        /// answers; then there is no SQLSTATE.
        case timeout
        /// The caller was cancelled during a commit: the transaction may or may not be committed.
        case timeoutInCommit
        /// Not answered in time on a shared connection. Nothing was changed: it was a read.
        case delayed
        /// No connection, or it broke before the answer. What was begun is rolled back.
        case unavailable
        /// The connection broke during a commit: the transaction may or may not be committed.
        case outcomeUnknown
        /// A change where only reads are allowed: on a standby, or by a setting.
        case readOnly
        /// A prepared statement was missing, or existed already: a pooler does not keep them. Nothing was done.
        case statementNotKept
        /// Too many requests wait for a connection, or this one waited too long.
        case poolExhausted
        case other
    }

    public let condition: Condition
    /// Five characters (PostgreSQL, appendix A), or empty if the server did not answer.
    public let sqlState: String
    public let constraint: String?
    /// `StatementText.name`.
    public let statement: String?
    /// Whether the session ended before the answer: the server, or a pooler before it, may not know what became of the
    /// statement.
    public private(set) var endedSession = false

    public init(_ condition: Condition, sqlState: String = "", constraint: String? = nil, statement: String? = nil) {
        self.condition = condition
        self.sqlState = sqlState
        self.constraint = constraint
        self.statement = statement
    }

    /// A connection that broke during a statement.
    static let connectionLost: PostgresError = {
        var error = PostgresError(.unavailable)
        error.endedSession = true
        return error
    }()

    init(result: OpaquePointer, statement: String?) {
        let sqlState = Self.field(result, UInt8(ascii: "C")) ?? ""
        // The severity: poolers may send only the localized field. libpq's own errors have neither.
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
