import GraphQL
import Postgres
@testable import Records
import Testing

@Suite("A change with concurrent interference")
struct AttemptsTests {
    /// How often a body runs that fails this many times.
    private static func runs(failures: Int, _ error: any Error) async -> (runs: Int, error: (any Error)?) {
        var runs = 0
        do {
            try await Attempts.run {
                runs += 1
                if runs <= failures { throw error }
            }
            return (runs, nil)
        } catch {
            return (runs, error)
        }
    }

    @Test("restarts, at most ten times")
    func again() async {
        for failures in [0, 1, 9] {
            let made = await Self.runs(failures: failures, BeginAgain())
            #expect(made.runs == failures + 1)
            #expect(made.error == nil)
        }
        let given = await Self.runs(failures: 10, BeginAgain())
        #expect(given.runs == 10)
        #expect((given.error as? FieldError)?.code == .conflict)
    }

    @Test(
        "restarts after transient failures, at most four times",
        arguments: [PostgresError.Condition.deadlock, .serializationFailure, .statementNotKept])
    func passing(condition: PostgresError.Condition) async {
        let made = await Self.runs(failures: 3, PostgresError(condition))
        #expect(made.runs == 4)
        #expect(made.error == nil)
        let given = await Self.runs(failures: 4, PostgresError(condition))
        #expect(given.runs == 4)
        #expect((given.error as? PostgresError)?.condition == condition)
    }

    @Test(
        "does not restart after anything else",
        arguments: [PostgresError.Condition.uniqueViolation, .timeout, .unavailable, .outcomeUnknown])
    func others(condition: PostgresError.Condition) async {
        let made = await Self.runs(failures: 1, PostgresError(condition))
        #expect(made.runs == 1)
        #expect((made.error as? PostgresError)?.condition == condition)
    }
}
