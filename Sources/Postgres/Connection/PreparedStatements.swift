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
        // A pooler may hand the session of one connection to another: a name must never mean two statements.
        name = "s\(use)_\(String(Self.hash(text), radix: 36))"
    }

    /// FNV-1a: the texts are all ours.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

/// Which statements are prepared on a connection.
struct PreparedStatements {
    private var entries: [String: PreparedStatement] = [:]
    private var uses: UInt64 = 0

    /// The statement with a text, and whether it must be prepared first.
    mutating func statement(_ text: String) -> (PreparedStatement, isNew: Bool) {
        uses += 1
        if let known = entries[text] {
            known.lastUse = uses
            return (known, false)
        }
        let statement = PreparedStatement(text, use: uses)
        entries[text] = statement
        return (statement, true)
    }

    mutating func forget(_ statement: PreparedStatement) {
        if entries[statement.text] === statement { entries[statement.text] = nil }
    }

    /// Takes out the statement that has not been used for longest when there are more than `limit`.
    mutating func evict(above limit: Int) -> PreparedStatement? {
        guard entries.count > limit, let oldest = entries.values.min(by: { $0.lastUse < $1.lastUse }) else { return nil }
        entries[oldest.text] = nil
        return oldest
    }
}
