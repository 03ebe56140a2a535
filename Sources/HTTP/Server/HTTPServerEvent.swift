/// What happens on a server beside the handling of requests.
public enum HTTPServerEvent: Sendable {
    case connectionOpened, connectionClosed
    /// A request was refused before it reached the handler.
    case requestRefused(status: Int, reason: String)
    /// A connection could not be secured; the reason is one of few words.
    case handshakeFailed(reason: String)
    /// No more connections can be taken for now: the system's limit is reached.
    case acceptFailed(errno: Int32)
}
