internal import GraphQL
internal import Postgres

/// The one loop that restarts changes.
package enum Attempts {
    /// The most attempts after concurrent changes.
    static let limit = 10
    /// The most attempts after failures of the database, each of which may have waited for deadlock detection.
    static let databaseLimit = 4

    /// - Throws: `CONFLICT` after the last attempt, or what `body` throws.
    package static func run<Value>(_ body: () async throws -> Value) async throws -> Value {
        for attempt in 1...limit {
            do {
                return try await body()
            } catch is BeginAgain {
                continue
            } catch let error as PostgresError where attempt < databaseLimit && error.mayPass {
                try? await Task.sleep(for: .milliseconds(Int.random(in: 1...10 * attempt)))
            }
        }
        throw FieldError("The change conflicts with another one. Try again.", code: .conflict)
    }
}

extension PostgresError {
    /// Whether a retry of the transaction can succeed.
    fileprivate var mayPass: Bool { [.deadlock, .serializationFailure, .statementNotKept].contains(condition) }
}
