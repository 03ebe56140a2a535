/// Everything that can be observed of a running server. Logs and metrics have no other source.
///
/// An event never holds a client's key, variables or document.
public enum TelemetryEvent: Sendable {
    case serverStarted(host: String, port: UInt16)
    case serverStopping
    case connectionOpened
    case connectionClosed
    /// A complete request has arrived.
    case requestStarted
    /// A request to the GraphQL endpoint was answered.
    case requestEnded(RequestRecord)
    /// An operation took longer than the configured threshold.
    case operationSlow(SlowOperation)
    /// Another request was answered; `route` is one of the server's own. In seconds.
    case pageServed(method: String, route: String, status: Int, duration: Double)
    /// A request was refused before it was handled.
    case requestRefused(status: Int, reason: String)
    /// A connection could not be secured; the reason is one of a few words.
    case handshakeFailed(reason: String)
    /// The certificate's files were reloaded.
    case certificateLoaded(secondsLeft: Int)
    /// The database does not answer; the reason is one of a few words. Sent once, until it is back.
    case databaseLost(reason: String)
    /// The database answers again, after this many seconds.
    case databaseBack(seconds: Double)
    /// Something an operator may want to know, in the program's own words.
    case notice(String)
    /// Something an operator should fix, in the program's own words.
    case warning(String)
    /// Something the operator asked of the server failed, in the program's own words.
    case failure(String)
    /// A request had no valid key; the reason is one of a few words. Of repeated ones, one is logged.
    case authenticationFailed(reason: String, address: String?, isTold: Bool)
    /// A connection was closed because its address has reached its limit.
    case connectionRefused
    /// No connections can be accepted for now.
    case acceptFailed(errno: Int32)
    /// A statement failed through our fault or the database's. The field is named by its schema coordinate.
    case statementFailed(requestID: String?, field: String, statement: String, sqlState: String, constraint: String?)
    /// A request was answered with the error INTERNAL: the program broke its own rules.
    case internalError(RequestRecord)
    /// A job has run in this server.
    case jobFinished(name: String, changed: Int, milliseconds: Int)
    case jobFailed(name: String, sqlState: String)
    /// Telemetry of this kind (`log`) was dropped.
    case dropped(kind: String)
}

/// A destination of events.
public protocol TelemetrySink: Sendable {
    func record(_ event: TelemetryEvent)
}

/// Hands each event to several sinks.
public struct TelemetryFanOut: TelemetrySink {
    private let sinks: [any TelemetrySink]

    public init(_ sinks: [any TelemetrySink]) { self.sinks = sinks }

    public func record(_ event: TelemetryEvent) {
        for sink in sinks { sink.record(event) }
    }
}
