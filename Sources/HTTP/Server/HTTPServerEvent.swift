/// What happens on a server beside the handling of requests.
public enum HTTPServerEvent: Sendable {
    case connectionOpened, connectionClosed
    /// A request was refused before it reached the handler.
    case requestRefused(status: Int, reason: String)
    /// A connection could not be secured; the reason is one of few words.
    case handshakeFailed(reason: String)
    /// An address has as many connections as it may have, or the server has, all at work: a further one was closed.
    case connectionRefused(address: IPAddress)
    /// No more connections can be taken for now: the system's limit is reached.
    case acceptFailed(errno: Int32)
}
