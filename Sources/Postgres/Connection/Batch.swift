/// Queries that one caller sent together, on their way.
final class Batch {
    let queries: [Query]
    let owner: WorkOwner
    /// Whether they are part of a transaction that the caller has begun: they cannot be sent again without what came before, and none of
    /// them is sent when one cannot be.
    let isInTransaction: Bool
    /// Where its statements are written down, when somebody wants to know.
    let log: StatementLog?
    /// When it was handed to its connection, in nanoseconds of the monotonic clock.
    var start: UInt64 = 0
    /// Whether the batch had to be sent again behind a Sync of its own.
    private(set) var isRepeated = false
    /// Whether a statement was not prepared any more where it should have been, so nothing of the batch was done.
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

    /// The same reads, to be sent on another connection: the caller gets what comes first.
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

    /// Whether the batch's own failure, and not another's, is why something of it is not answered.
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

    /// Answers the caller, who may have gone on before; what has no result failed like the first failure, or with `error`.
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
