internal import CLibPQ

/// A blocking connection for commands and migrations. Not for requests, and not safe to share.
public final class BlockingConnection {
    let handle: OpaquePointer

    /// What the server reported, for operators. Not for clients.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        public let sqlState: String
        public let description: String
        /// The place in the statement that the server complains of, in characters from 1 on, where it names one.
        public var position: Int?
    }

    /// Connects, waiting as long as the configuration's time limit allows.
    public init(_ configuration: DatabaseConfiguration) throws(Failure) {
        guard let handle = ConnectionStart.connect(configuration, statementTimeout: configuration.statementTimeout) else {
            throw Failure(sqlState: "", description: "out of memory")
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            let message = String(cString: PQerrorMessage(handle))
            PQfinish(handle)
            throw Failure(sqlState: "08001", description: message.withoutTrailingNewlines)
        }
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        self.handle = handle
    }

    deinit { PQfinish(handle) }

    /// The server's version as a number: 150004 is 15.4.
    public var serverVersion: Int { Int(PQserverVersion(handle)) }

    /// Runs a statement with parameters.
    @discardableResult
    public func run(_ sql: SQL, _ parameters: [Parameter] = []) throws(Failure) -> QueryResult {
        let query = Query(StatementText("", sql), parameters)
        guard !query.containsNull else { throw Failure(sqlState: "22021", description: "a text must not contain U+0000") }
        return try check(query.withPointers { PQexecParams(handle, sql.text, $0, nil, $1, nil, nil, 0) })
    }

    /// Runs a script of our own: any number of statements, without parameters.
    public func runScript(_ script: String) throws(Failure) {
        try check(PQexec(handle, script))
    }

    /// Runs `body` in a transaction.
    public func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        try run("BEGIN")
        do {
            let value = try body()
            try run("COMMIT")
            return value
        } catch {
            _ = try? run("ROLLBACK")
            throw error
        }
    }

    @discardableResult
    func check(_ result: OpaquePointer?) throws(Failure) -> QueryResult {
        guard let result else { throw Failure(sqlState: "", description: String(cString: PQerrorMessage(handle)).withoutTrailingNewlines) }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            return QueryResult(result)
        default:
            let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
            let message = String(cString: PQresultErrorMessage(result)).withoutTrailingNewlines
            let position = PQresultErrorField(result, Int32(UInt8(ascii: "P"))).flatMap { Int(String(cString: $0)) }
            PQclear(result)
            throw Failure(sqlState: state, description: message, position: position)
        }
    }
}

extension String {
    var withoutTrailingNewlines: String {
        var text = self
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}
