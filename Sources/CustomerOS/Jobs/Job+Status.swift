public import Postgres
internal import Records

extension Job {
    /// The state of a job, for operators.
    public struct Status: Sendable {
        public let job: Job
        public let startedAt: String?
        public let finishedAt: String?
        public let changed: Int?
        public let hasFailed: Bool
    }

    /// All jobs with their last runs.
    /// - Throws: `BlockingConnection.Failure`.
    public static func statuses(_ connection: BlockingConnection) throws -> [Status] {
        let runs = try connection.run(JobStatements.runs, (), for: .platform)
        return all.map { job in
            let run = runs.first { $0.name == job.name }
            return Status(
                job: job, startedAt: run?.startedAt, finishedAt: run?.finishedAt, changed: run?.changed.map { Int($0) },
                hasFailed: run?.hasFailed ?? false)
        }
    }

    /// When a job last ended, on this server, on another, or by hand.
    public struct LastRun: Sendable, Equatable {
        public let name: String
        /// Seconds since the Unix epoch.
        public let endedAt: Double
        public let seconds: Double
        public let changed: Int64
    }

    /// The last runs of the jobs that have ended at least once and are not running.
    /// - Throws: `PostgresError`.
    public static func lastRuns(_ database: Database) async throws -> [LastRun] {
        try await database.transaction(for: .platform) { try await $0.run(JobStatements.ended, (), for: .platform) }
            .filter { named($0.name) != nil }
    }
}
