internal import EventLoop

/// Statements that have proved slow for an owner, whose values made them so. For a while they get connections of their
/// own.
struct SlowStatements {
    private struct Key: Hashable {
        let owner: WorkOwner
        let text: String
    }

    private static let lifetime: UInt64 = 10_000_000_000
    private static let capacity = 1_000

    private var ends: [Key: UInt64] = [:]

    func contains(anyOf queries: [Query], of owner: WorkOwner) -> Bool {
        guard !ends.isEmpty else { return false }
        let now = EventLoop.now
        return queries.contains { query in (ends[Key(owner: owner, text: query.statement.sql.text)] ?? 0) > now }
    }

    mutating func insert(_ queries: [Query], of owner: WorkOwner) {
        let now = EventLoop.now
        if ends.count + queries.count > Self.capacity { ends = ends.filter { $0.value > now } }
        guard ends.count + queries.count <= Self.capacity else { return }
        for query in queries { ends[Key(owner: owner, text: query.statement.sql.text)] = now + Self.lifetime }
    }
}
