internal import Postgres
internal import Records

/// The statements that record the runs of jobs. The table has one row per job that ever ran.
enum JobStatements {
    /// Whether the caller is to run the job: of several servers that ask, one is.
    static let begin = Statement<(name: String, every: String), Bool>("job.begin", isShared: true) { p in
        "SELECT job_begin(\(p.name), \(bare: p.every)::interval)"
    }

    static let end = Statement<(name: String, changed: Int64, failed: Bool), Void>("job.end", isShared: true) { p in
        """
        UPDATE job SET finished_at = clock_timestamp(), changed = \(p.changed), failed = \(p.failed)
        WHERE name = \(bare: p.name)
        """
    }

    /// The last runs of the jobs that are not running.
    static let ended = Statement<Void, Job.LastRun>("job.ended", isShared: true, row: Job.LastRun.init) { _ in
        """
        SELECT name, extract(epoch FROM finished_at), extract(epoch FROM finished_at - started_at), coalesce(changed, 0)
        FROM job WHERE finished_at IS NOT NULL ORDER BY name
        """
    }

    /// A recorded run, for people.
    struct Run {
        let name: String
        let startedAt: String?
        let finishedAt: String?
        let changed: Int64?
        let hasFailed: Bool
    }

    static let runs = Statement<Void, Run>("job.runs", isShared: true, row: Run.init) { _ in
        """
        SELECT name, \(Administration.time("started_at")), \(Administration.time("finished_at")), changed, failed
        FROM job
        """
    }
}
