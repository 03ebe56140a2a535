internal import CSystem

/// What a file descriptor is watched for, or what it has become ready for.
public struct Readiness: OptionSet, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let readable = Readiness(rawValue: EPOLLIN.rawValue)
    public static let writable = Readiness(rawValue: EPOLLOUT.rawValue)
    /// The other side has closed its sending direction.
    public static let peerClosed = Readiness(rawValue: EPOLLRDHUP.rawValue)
    /// Only some of the loops that watch the same descriptor are told.
    public static let exclusive = Readiness(rawValue: EPOLLEXCLUSIVE.rawValue)
    /// Reported without being asked for: both directions are closed.
    public static let hangUp = Readiness(rawValue: EPOLLHUP.rawValue)
    /// Reported without being asked for: an error is pending on the descriptor.
    public static let failure = Readiness(rawValue: EPOLLERR.rawValue)
}

/// Something that owns a file descriptor and is told, on its loop's thread, when that is ready.
public protocol EventHandler: AnyObject {
    func handle(_ readiness: Readiness)
}
