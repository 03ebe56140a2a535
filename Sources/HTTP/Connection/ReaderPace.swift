/// How fast a client reads what it asked for, over a period. What lies in the kernel's buffers has not been read.
struct ReaderPace {
    private var before = 0
    private var given = 0

    /// - Parameter unacknowledged: Bytes that the kernel holds for the client.
    mutating func begin(unacknowledged: Int) {
        before = unacknowledged
        given = 0
    }

    /// Notes what the kernel has accepted for the client.
    mutating func give(_ count: Int) { given += count }

    /// Whether the client has read too little since the beginning. It must have read something in any case.
    /// - Parameter least: Bytes.
    func isTooSlow(unacknowledged: Int, least: Int) -> Bool { before + given - unacknowledged < max(1, least) }
}
