internal import CustomerOS
internal import EventLoop
internal import Telemetry

/// The last runs of jobs, on this server and others, as far as known: read from the database whenever the server looks
/// for work, so that the metrics need no database.
final class JobBook: Sendable {
    private let known = Lock<[String: Job.LastRun]>([:])

    /// A running job keeps what was known about it.
    func note(_ runs: [Job.LastRun]) {
        known.withLock { known in
            for run in runs { known[run.name] = run }
        }
    }

    /// A job that has never run has no reading.
    var readings: [Metrics.Reading] {
        let runs = known.withLock { $0 }
        return Job.all.flatMap { job in
            let labels = [(name: "job", value: job.name)]
            let run = runs[job.name]
            return [
                Metrics.Reading(
                    "job_last_run_timestamp_seconds", "When a job last ended, in any server, in seconds of the Unix epoch.",
                    labels: labels, run?.endedAt),
                Metrics.Reading("job_last_duration_seconds", "How long a job last took.", labels: labels, run?.seconds),
                Metrics.Reading(
                    "job_last_changed", "How many records a job last changed.", labels: labels, (run?.changed).map { Double($0) }),
            ]
        }
    }
}
