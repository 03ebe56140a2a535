public import Postgres

/// Periodic work. It runs in steps, each in a transaction of its own, and is idempotent.
public struct Job: Sendable {
    public let name: String
    public let summary: String
    /// How often it runs.
    public let interval: Duration
    /// Takes the position at which the previous step ended, at first the empty text. Returns where this one ended, or
    /// null if there is no more, how much it changed, and whether another server is at work.
    let step: StatementText

    /// The outcome of a run.
    public struct Outcome: Sendable, Equatable {
        /// How many records changed.
        public var changed = 0
        /// Whether another server is at work and does the rest.
        public var isBusy = false
    }

    /// The state of a job, for operators.
    public struct Status: Sendable {
        public let job: Job
        public let startedAt: String?
        public let finishedAt: String?
        public let changed: Int?
        public let hasFailed: Bool
    }

    public static let all = [
        Job(
            name: "contracts",
            summary: "Bring contracts, renewals and their figures up to date.", interval: .seconds(900),
            step: StatementText("job.contracts", "SELECT place, changed, busy FROM job_contracts($1::text)"))
    ]

    public static func named(_ name: String) -> Job? { all.first { $0.name == name } }

    // MARK: In the server

    /// Runs the job if it is due. Of several servers that try at the same time, one runs it.
    /// - Returns: nil if it is not due, or another server has it.
    /// - Throws: `PostgresError`. The failure is recorded.
    public func runIfDue(_ database: Database) async throws -> Outcome? {
        let seconds = Parameter.text("\(interval.components.seconds) seconds")
        let begun = try await database.transaction(for: .platform) { try await $0.run(Query(Self.begin, [.text(name), seconds])) }
        guard begun.text(0, 0) == "t" else { return nil }
        do {
            var outcome = Outcome()
            var place: String? = ""
            while let at = place {
                let result = try await database.transaction(for: .platform) { try await $0.run(Query(step, [.text(at)])) }
                place = outcome.add(result)
            }
            let ended = end(outcome, failed: false)
            _ = try await database.transaction(for: .platform) { try await $0.run(ended) }
            return outcome
        } catch {
            let ended = end(Outcome(), failed: true)
            _ = try? await database.transaction(for: .platform) { try await $0.run(ended) }
            throw error
        }
    }

    // MARK: By hand

    /// Runs the job now.
    /// - Throws: `BlockingConnection.Failure`. The failure is recorded.
    public func run(_ connection: BlockingConnection) throws -> Outcome {
        try connection.run(Self.begin.sql, [.text(name), .text("0 seconds")])
        do {
            var outcome = Outcome()
            var place: String? = ""
            while let at = place { place = outcome.add(try connection.run(step.sql, [.text(at)])) }
            let ended = end(outcome, failed: false)
            try connection.run(ended.statement.sql, ended.parameters)
            return outcome
        } catch {
            let ended = end(Outcome(), failed: true)
            _ = try? connection.run(ended.statement.sql, ended.parameters)
            throw error
        }
    }

    /// All jobs with their last runs.
    /// - Throws: `BlockingConnection.Failure`.
    public static func statuses(_ connection: BlockingConnection) throws -> [Status] {
        let rows = try connection.run(
            """
            SELECT name, \(Administration.time("started_at")), \(Administration.time("finished_at")), changed, failed FROM job
            """)
        return all.map { job in
            let row = (0..<rows.rowCount).first { rows.text($0, 0) == job.name }
            return Status(
                job: job, startedAt: row.flatMap { rows.text($0, 1) }, finishedAt: row.flatMap { rows.text($0, 2) },
                changed: row.flatMap { rows.text($0, 3) }.flatMap { Int($0) }, hasFailed: row.flatMap { rows.text($0, 4) } == "t")
        }
    }

    // MARK: For the metrics

    /// When a job last ended, on this server, on another, or by hand.
    public struct LastRun: Sendable, Equatable {
        public let name: String
        /// Seconds since the Unix epoch.
        public let endedAt: Double
        public let seconds: Double
        public let changed: Int
    }

    /// The last runs of the jobs that have ended at least once and are not running.
    /// - Throws: `PostgresError`.
    public static func lastRuns(_ database: Database) async throws -> [LastRun] {
        let rows = try await database.transaction(for: .platform) { try await $0.run(Query(ended, [])) }
        return (0..<rows.rowCount).compactMap { row in
            guard let name = rows.text(row, 0), named(name) != nil, let end = rows.text(row, 1).flatMap({ Double($0) }) else { return nil }
            return LastRun(
                name: name, endedAt: end, seconds: rows.text(row, 2).flatMap { Double($0) } ?? 0,
                changed: rows.text(row, 3).flatMap { Int($0) } ?? 0)
        }
    }

    private static let ended = StatementText(
        "job.ended",
        """
        SELECT name, extract(epoch FROM finished_at), extract(epoch FROM finished_at - started_at), changed FROM job \
        WHERE finished_at IS NOT NULL ORDER BY name
        """)

    // MARK: The record of runs

    private static let begin = StatementText("job.begin", "SELECT job_begin($1::text, $2::interval)")

    private static let end = StatementText(
        "job.end",
        "UPDATE job SET finished_at = clock_timestamp(), changed = $2::bigint, failed = $3::boolean WHERE name = $1")

    private func end(_ outcome: Outcome, failed: Bool) -> Query {
        Query(Self.end, [.text(name), .text(String(outcome.changed)), .text(failed ? "true" : "false")])
    }
}

extension Job.Outcome {
    /// Adds the outcome of a step.
    /// - Returns: Where the next step begins, if there is one.
    fileprivate mutating func add(_ step: QueryResult) -> String? {
        changed += step.text(0, 1).flatMap { Int($0) } ?? 0
        isBusy = isBusy || step.text(0, 2) == "t"
        return step.text(0, 0)
    }
}
