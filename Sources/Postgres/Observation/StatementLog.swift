internal import EventLoop

/// How long one caller's statements took. Belongs to the thread of the caller's loop.
public final class StatementLog: @unchecked Sendable {
    /// A completed statement. Times are nanoseconds of the monotonic clock.
    public struct Entry: Sendable {
        public let statement: StatementText
        /// When it was passed to the connection.
        public let start: UInt64
        /// When its result was read. Statements sent together end together, or nearly.
        public let end: UInt64
        /// Empty if it succeeded.
        public let sqlState: String
    }

    public private(set) var entries: [Entry] = []

    public init() {}

    func append(_ entry: Entry) { entries.append(entry) }
}
