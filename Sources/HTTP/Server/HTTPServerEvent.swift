/// What happens on a server besides handling requests.
public enum HTTPServerEvent: Sendable {
    case connectionOpened, connectionClosed
    /// A request was refused before it reached the handler.
    case requestRefused(status: Int, reason: String)
    /// A connection could not be secured; the reason is one of a few words.
    case handshakeFailed(reason: String)
    /// An address or the server has reached its limit of connections, all busy: another one was closed.
    case connectionRefused(address: IPAddress)
    /// No more connections can be accepted for now: the system's limit is reached.
    case acceptFailed(errno: Int32)
}
