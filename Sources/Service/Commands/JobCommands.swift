internal import CustomerOS
internal import GraphQL
internal import Postgres

/// The commands that run jobs by hand.
enum JobCommands {
    static let all = [
        Command("jobs list", "List the jobs with their last runs.", options: DatabaseCommands.common) { try list($0) },
        Command("jobs run", operands: "NAME", "Run a job now.", options: DatabaseCommands.common) { try run($0) },
    ]

    private static func list(_ arguments: Arguments) throws {
        let statuses = try DatabaseCommands.withCurrentDatabase(arguments) { try Job.statuses($0) }
        try DatabaseCommands.show(
            arguments, text: statuses.map(line).joined(separator: "\n"),
            .list(
                statuses.map { status in
                    .object([
                        "name": .string(status.job.name), "summary": .string(status.job.summary),
                        "everySeconds": .integer(status.job.interval.components.seconds),
                        "startedAt": status.startedAt.map { .string($0) } ?? .null,
                        "finishedAt": status.finishedAt.map { .string($0) } ?? .null,
                        "changed": status.changed.map { .integer(Int64($0)) } ?? .null, "failed": .boolean(status.hasFailed),
                    ])
                }))
    }

    private static func line(_ status: Job.Status) -> String {
        let last =
            switch (status.startedAt, status.finishedAt) {
            case (nil, _): "never run"
            case (let started?, nil): "runs since \(started)"
            case (_, let finished?): "\(status.hasFailed ? "failed" : "done") \(finished), \(status.changed ?? 0) changed"
            }
        return "\(status.job.name)\tevery \(status.job.interval.components.seconds) s\t\(last)\t\(status.job.summary)"
    }

    private static func run(_ arguments: Arguments) throws {
        let name = try DatabaseCommands.operand(arguments, "NAME")
        guard let job = Job.named(name) else {
            throw UsageError("There is no job \(name). There are: \(Job.all.map(\.name).joined(separator: ", ")).")
        }
        let outcome = try DatabaseCommands.withCurrentDatabase(arguments) { try job.run($0) }
        try DatabaseCommands.show(
            arguments,
            text: outcome.isBusy
                ? "The job \(name) is running elsewhere, which does the rest." : "The job \(name) is done: \(outcome.changed) changed.",
            .object(["name": .string(name), "changed": .integer(Int64(outcome.changed)), "busy": .boolean(outcome.isBusy)]))
    }
}
