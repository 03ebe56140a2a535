internal import Records

/// Periodic work, for those who run it. Features declare it.
public struct Job: Sendable {
    /// The outcome of a run.
    public struct Outcome: Sendable, Equatable {
        /// How many records changed.
        public var changed = 0
        /// Whether another server is at work and does the rest.
        public var isBusy = false
    }

    let kind: JobKind

    public var name: String { kind.name }
    public var summary: String { kind.summary }
    /// How often it runs.
    public var interval: Duration { kind.interval }

    /// The jobs of all features.
    public static let all = Features.all.flatMap(\.jobs).map { Job(kind: $0) }

    public static func named(_ name: String) -> Job? { all.first { $0.name == name } }
}

extension Job.Outcome {
    /// Adds the outcome of a step.
    /// - Returns: Where the next step begins, if there is one.
    mutating func add(_ step: JobKind.Step?) -> String? {
        changed += Int(step?.changed ?? 0)
        isBusy = isBusy || step?.isBusy ?? false
        return step?.place
    }
}
