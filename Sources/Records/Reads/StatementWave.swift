package import GraphQL
package import Postgres

/// The statements of one level, gathered before they are sent and answered together.
package protocol StatementWave: AnyObject {
    var issuer: Issuer { get }
    /// The limits of lists.
    var limits: ListLimits { get }
    var caller: any Caller { get }

    /// Reads that answer `call` together, or lead to more.
    /// - Parameters:
    ///   - isSlow: Whether they may take long, and so get a connection of their own.
    ///   - rows: How many rows they may return in total; nil estimates by the number of parents.
    ///   - next: Returns the answer, or nil after adding to the wave what will answer.
    func read(
        _ queries: [Query], isSlow: Bool, rows: Int?, for call: FieldCall, isList: Bool,
        next: @escaping ([QueryResult], any StatementWave) throws -> FieldResult?)
}

extension StatementWave {
    /// The assumed size of a list of unknown size.
    package var assumedListSize: Int { 10 }

    /// Reads that answer `call` together.
    /// - Parameters:
    ///   - isSlow: Whether they may take long, and so get a connection of their own.
    ///   - rows: How many rows they may return in total; nil estimates by the number of parents.
    package func read(
        _ queries: [Query], isSlow: Bool, rows: Int?, for call: FieldCall, isList: Bool,
        answer: @escaping ([QueryResult]) throws -> FieldResult
    ) {
        read(queries, isSlow: isSlow, rows: rows, for: call, isList: isList) { results, _ in try answer(results) }
    }

    /// A short keyed read that answers `call`.
    package func read(_ query: Query, for call: FieldCall, isList: Bool, answer: @escaping (QueryResult) throws -> FieldResult) {
        read([query], isSlow: false, rows: nil, for: call, isList: isList) { try answer($0[0]) }
    }
}
