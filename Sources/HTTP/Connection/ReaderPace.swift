/// How fast a client takes what it asked for, over a while. What lies in the system's buffers has not been taken.
struct ReaderPace {
    private var before = 0
    private var given = 0

    /// - Parameter unacknowledged: Bytes that the system holds for the client.
    mutating func begin(unacknowledged: Int) {
        before = unacknowledged
        given = 0
    }

    /// Notes what the system has taken for the client.
    mutating func give(_ count: Int) { given += count }

    /// Whether the client has taken so little since the beginning that it is given up. It must have taken something in any case.
    /// - Parameter least: Bytes.
    func isTooSlow(unacknowledged: Int, least: Int) -> Bool { before + given - unacknowledged < max(1, least) }
}
