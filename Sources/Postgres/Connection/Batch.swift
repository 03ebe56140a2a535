/// Queries in flight that one caller sent together.
final class Batch {
    let queries: [Query]
    let owner: WorkOwner
    /// Whether they are part of a transaction that the caller has begun: they cannot be resent without what came
    /// before, and none is sent if one cannot be.
    let isInTransaction: Bool
    /// Where its statements are recorded, if the caller asked for that.
    let log: StatementLog?
    /// When it was passed to its connection, in nanoseconds of the monotonic clock.
    var start: UInt64 = 0
    /// Whether the batch had to be resent with a Sync of its own.
    private(set) var isRepeated = false
    /// Whether a statement was no longer prepared, so that nothing of the batch was done.
    var lostStatement = false
    private var results: [Result<QueryResult, PostgresError>?]
    private var completion: (([Result<QueryResult, PostgresError>]) -> Void)?
    /// Whether the caller has been answered.
    private(set) var isEnded = false

    init(_ queries: [Query], of owner: WorkOwner, isInTransaction: Bool = false, log: StatementLog? = nil) {
        self.queries = queries
        self.owner = owner
        self.isInTransaction = isInTransaction
        self.log = log
        results = Array(repeating: nil, count: queries.count)
    }

    /// - Parameter completion: Called once.
    func onEnd(_ completion: @escaping ([Result<QueryResult, PostgresError>]) -> Void) { self.completion = completion }

    /// The same reads, to be sent on another connection: the caller gets whichever answer comes first.
    func copy() -> Batch {
        let copy = Batch(queries, of: owner, log: log)
        copy.onEnd { self.end($0) }
        return copy
    }

    func set(_ result: Result<QueryResult, PostgresError>, at index: Int) {
        if results[index] == nil { results[index] = result }
    }

    func hasResult(at index: Int) -> Bool { results[index] != nil }

    /// Whether every query was answered by the server.
    var isAnswered: Bool { !results.contains { $0 == nil } }

    /// Whether unanswered queries are due to the batch's own failure, not another's.
    var hasFailed: Bool {
        results.contains { result in
            if case .failure? = result { return true }
            return false
        }
    }

    func prepareForRepetition() {
        isRepeated = true
        lostStatement = false
        results = Array(repeating: nil, count: queries.count)
    }

    /// Answers the caller, unless it has moved on. Queries without a result fail with the batch's first failure, or
    /// with `error`.
    func complete(otherwise error: PostgresError) {
        var failure = error
        for case .failure(let first)? in results {
            failure = first
            break
        }
        end(results.map { $0 ?? .failure(failure) })
    }

    private func end(_ results: [Result<QueryResult, PostgresError>]) {
        guard !isEnded else { return }
        isEnded = true
        completion?(results)
        completion = nil
    }
}
