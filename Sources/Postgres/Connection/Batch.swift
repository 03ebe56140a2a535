/// Queries that one caller sent together, on their way.
final class Batch {
    let queries: [Query]
    /// Where its statements are written down, when somebody wants to know.
    let log: StatementLog?
    /// When it was handed to its connection, in nanoseconds of the monotonic clock.
    var start: UInt64 = 0
    /// Whether the batch had to be sent again behind a Sync of its own.
    private(set) var isRepeated = false
    private var results: [Result<QueryResult, PostgresError>?]
    private let completion: ([Result<QueryResult, PostgresError>]) -> Void

    init(_ queries: [Query], log: StatementLog? = nil, completion: @escaping ([Result<QueryResult, PostgresError>]) -> Void) {
        self.queries = queries
        self.log = log
        self.completion = completion
        results = Array(repeating: nil, count: queries.count)
    }

    func set(_ result: Result<QueryResult, PostgresError>, at index: Int) {
        if results[index] == nil { results[index] = result }
    }

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
        results = Array(repeating: nil, count: queries.count)
    }

    /// Answers the caller; what has no result failed like the first failure, or with `error`.
    func complete(otherwise error: PostgresError) {
        var failure = error
        for case .failure(let first)? in results {
            failure = first
            break
        }
        completion(results.map { $0 ?? .failure(failure) })
    }
}
