/// What a connection has to send, in pieces. Each is released once it has been sent.
struct OutputQueue {
    private var pieces: [HTTPBody.Piece] = []
    /// The first piece not fully sent, and how much of it has been.
    private var first = 0
    private var sentOfFirst = 0

    /// Bytes of the pieces still held.
    private(set) var heldBytes = 0

    var isEmpty: Bool { first == pieces.count }

    mutating func append(_ bytes: [UInt8]) {
        pieces.append(.array(bytes))
        heldBytes += bytes.count
    }

    mutating func append(_ body: HTTPBody) {
        pieces += body.pieces
        heldBytes += body.count
    }

    /// Sends until everything is sent or nothing more is accepted.
    /// - Parameter send: Sends bytes as POSIX `send` does; `moreFollow` says whether more come at once.
    /// - Returns: How many bytes were sent.
    mutating func drain(_ send: (_ bytes: UnsafeRawBufferPointer, _ moreFollow: Bool) -> Int) -> Int {
        var total = 0
        while first < pieces.count {
            let start = sentOfFirst
            let moreFollow = first + 1 < pieces.count
            let count = pieces[first].withBytes { send(UnsafeRawBufferPointer(rebasing: $0[start...]), moreFollow) }
            guard count >= 0 else { return total }
            total += count
            sentOfFirst += count
            guard sentOfFirst == pieces[first].count else { continue }
            heldBytes -= sentOfFirst
            pieces[first] = .array([])
            first += 1
            sentOfFirst = 0
        }
        pieces = []
        first = 0
        return total
    }
}
