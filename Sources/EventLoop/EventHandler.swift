internal import CSystem

/// What a file descriptor is watched for, or what it has become ready for.
public struct Readiness: OptionSet, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let readable = Readiness(rawValue: EPOLLIN.rawValue)
    public static let writable = Readiness(rawValue: EPOLLOUT.rawValue)
    /// The other side has closed its sending direction.
    public static let peerClosed = Readiness(rawValue: EPOLLRDHUP.rawValue)
    /// Wakes only some of the loops that watch the same descriptor.
    public static let exclusive = Readiness(rawValue: EPOLLEXCLUSIVE.rawValue)
    /// Both directions are closed. Always reported.
    public static let hangUp = Readiness(rawValue: EPOLLHUP.rawValue)
    /// An error is pending on the descriptor. Always reported.
    public static let failure = Readiness(rawValue: EPOLLERR.rawValue)
}

/// Owns a file descriptor and is notified, on its loop's thread, when the descriptor is ready.
public protocol EventHandler: AnyObject {
    func handle(_ readiness: Readiness)
}
