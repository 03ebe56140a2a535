/// Everything that can be observed of a running server. Logs and metrics read nothing else.
///
/// An event never holds a key, a variable or a document of a client.
public enum TelemetryEvent: Sendable {
    case serverStarted(host: String, port: UInt16)
    case serverStopping
    case connectionOpened
    case connectionClosed
    /// A whole request has come in.
    case requestStarted
    /// A request to the GraphQL endpoint was answered.
    case requestEnded(RequestRecord)
    /// An operation took longer than the operator wants.
    case operationSlow(SlowOperation)
    /// Another request was answered; `route` is one of the server's own. In seconds.
    case pageServed(method: String, route: String, status: Int, duration: Double)
    /// A request was refused before it was handled.
    case requestRefused(status: Int, reason: String)
    /// A connection could not be secured; the reason is one of few words.
    case handshakeFailed(reason: String)
    /// The certificate's files were read again.
    case certificateLoaded(secondsLeft: Int)
    /// The database does not answer, for a reason of few words: told once, until it is back.
    case databaseLost(reason: String)
    /// The database answers again, after so many seconds.
    case databaseBack(seconds: Double)
    /// Something that an operator may want to know, in the program's own words.
    case notice(String)
    /// Something that an operator should mend, in the program's own words.
    case warning(String)
    /// Something that was asked of the server by its operator failed, in the program's own words.
    case failure(String)
    /// A request had no valid key; the reason is one of few words. Of those that come again and again one is told.
    case authenticationFailed(reason: String, address: String?, isTold: Bool)
    /// A connection was closed because its address has as many as it may have.
    case connectionRefused
    /// No connections can be accepted for now.
    case acceptFailed(errno: Int32)
    /// A statement failed in a way that is our fault or the database's. The field is named by its schema coordinate.
    case statementFailed(requestID: String?, field: String, statement: String, sqlState: String, constraint: String?)
    /// A request was answered with the error INTERNAL: the program broke its own rules.
    case internalError(RequestRecord)
    /// A job has run in this server.
    case jobFinished(name: String, changed: Int, milliseconds: Int)
    case jobFailed(name: String, sqlState: String)
    /// Something that should have been told was dropped: `log`.
    case dropped(kind: String)
}

/// Where events go.
public protocol TelemetrySink: Sendable {
    func record(_ event: TelemetryEvent)
}

/// Hands each event to several.
public struct TelemetryFanOut: TelemetrySink {
    private let sinks: [any TelemetrySink]

    public init(_ sinks: [any TelemetrySink]) { self.sinks = sinks }

    public func record(_ event: TelemetryEvent) {
        for sink in sinks { sink.record(event) }
    }
}
