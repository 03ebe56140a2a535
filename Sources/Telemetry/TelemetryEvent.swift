/// Everything that can be observed of a running server. Logs, and later metrics and traces, read nothing else.
///
/// An event never holds a key, a variable or a text of a client.
public enum TelemetryEvent: Sendable {
    case serverStarted(host: String, port: UInt16)
    case serverStopping
    case migrationApplied(name: String)
    /// A request was refused before it was handled.
    case requestRefused(status: Int, reason: String)
    /// No connections can be accepted for now.
    case acceptFailed(errno: Int32)
    /// A statement failed in a way that is our fault or the database's. The field is named by its schema coordinate.
    case statementFailed(field: String, statement: String, sqlState: String, constraint: String?)
    /// A part of the program broke its own rules.
    case internalError(part: String)
    /// A job has run in this server.
    case jobFinished(name: String, changed: Int, milliseconds: Int)
    case jobFailed(name: String, sqlState: String)
}

/// Where events go.
public protocol TelemetrySink: Sendable {
    func record(_ event: TelemetryEvent)
}
