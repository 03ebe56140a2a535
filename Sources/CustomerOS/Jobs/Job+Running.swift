public import Postgres
internal import Records

extension Job {
    // MARK: In the server

    /// Runs the job if it is due. Of several servers that try at the same time, one runs it.
    /// - Returns: nil if it is not due, or another server has it.
    /// - Throws: `PostgresError`. The failure is recorded.
    public func runIfDue(_ database: Database) async throws -> Outcome? {
        let isDue = try await run(JobStatements.begin, (name, "\(interval.components.seconds) seconds"), database)
        guard isDue.first == true else { return nil }
        do {
            var outcome = Outcome()
            var place: String? = ""
            while let at = place { place = outcome.add(try await run(kind.step, at, database).first) }
            try await run(JobStatements.end, (name, Int64(outcome.changed), false), database)
            return outcome
        } catch {
            _ = try? await run(JobStatements.end, (name, 0, true), database)
            throw error
        }
    }

    /// Runs a statement in a transaction of its own.
    @discardableResult
    private func run<Input: Sendable, Row: Sendable>(
        _ statement: Statement<Input, Row>, _ input: Input, _ database: Database
    ) async throws -> [Row] {
        try await database.transaction(for: .platform) { try await $0.run(statement, input, for: .platform) }
    }

    // MARK: By hand

    /// Runs the job now.
    /// - Throws: `BlockingConnection.Failure`. The failure is recorded.
    public func run(_ connection: BlockingConnection) throws -> Outcome {
        try connection.run(JobStatements.begin, (name, "0 seconds"), for: .platform)
        do {
            var outcome = Outcome()
            var place: String? = ""
            while let at = place { place = outcome.add(try connection.run(kind.step, at, for: .platform).first) }
            try connection.run(JobStatements.end, (name, Int64(outcome.changed), false), for: .platform)
            return outcome
        } catch {
            _ = try? connection.run(JobStatements.end, (name, 0, true), for: .platform)
            throw error
        }
    }
}
