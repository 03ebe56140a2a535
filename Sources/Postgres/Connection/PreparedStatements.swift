internal import Memory

/// A statement that is kept prepared on a connection.
final class PreparedStatement {
    let name: String
    let text: String
    /// Whether the server has said that it is prepared.
    var isConfirmed = false
    fileprivate var lastUse: UInt64

    fileprivate init(_ text: String, use: UInt64) {
        self.text = text
        lastUse = use
        // A pooler may hand one connection's session to another: a name must never mean two statements.
        name = "s\(use)_\(String(Self.hash(text), radix: 36))"
    }

    /// FNV-1a is enough: the texts are all ours.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

/// Which statements are prepared on a connection.
struct PreparedStatements {
    private let limit: Int
    private let bytes: Int
    private let memory: MemoryReservation?
    private var entries: [String: PreparedStatement] = [:]
    private var keptBytes = 0
    private var uses: UInt64 = 0

    /// - Parameters:
    ///   - limit: How many are kept.
    ///   - bytes: Bytes of their texts, with which the server's memory for them grows.
    ///   - memory: Where the texts are counted.
    init(limit: Int, bytes: Int, memory: MemoryReservation?) {
        self.limit = limit
        self.bytes = bytes
        self.memory = memory
    }

    /// The statement for a text, and whether it must be prepared first. Nil if it is not to be kept: it is so long that
    /// it would displace many others, or memory is short.
    mutating func statement(_ text: String) -> (PreparedStatement, isNew: Bool)? {
        uses += 1
        if let known = entries[text] {
            known.lastUse = uses
            return (known, false)
        }
        let size = text.utf8.count
        guard size <= bytes / 8, memory?.grow(.statements, by: size) ?? true else { return nil }
        keptBytes += size
        let statement = PreparedStatement(text, use: uses)
        entries[text] = statement
        return (statement, true)
    }

    mutating func forget(_ statement: PreparedStatement) {
        guard entries[statement.text] === statement else { return }
        entries[statement.text] = nil
        keptBytes -= statement.text.utf8.count
        memory?.shrink(.statements, by: statement.text.utf8.count)
    }

    /// Removes the least recently used statement if there are too many or their texts are too long.
    mutating func evict() -> PreparedStatement? {
        guard entries.count > limit || keptBytes > bytes, let oldest = entries.values.min(by: { $0.lastUse < $1.lastUse }) else {
            return nil
        }
        forget(oldest)
        return oldest
    }
}
