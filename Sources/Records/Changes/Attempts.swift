internal import GraphQL
internal import Postgres

/// How often a change is made: the one loop in which it begins again.
enum Attempts {
    /// The most attempts that a change makes because something came in between.
    static let limit = 10
    /// The most attempts that follow on failures of the database, each of which may have waited for a deadlock to be found.
    static let databaseLimit = 4

    /// - Throws: `CONFLICT` after the last attempt, or what `body` throws.
    static func run<Value>(_ body: () async throws -> Value) async throws -> Value {
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
    /// Whether the same transaction can succeed when it is tried again.
    fileprivate var mayPass: Bool { [.deadlock, .serializationFailure, .statementNotKept].contains(condition) }
}
