/// A kind of periodic work for all tenants, which a feature declares.
///
/// It runs in steps, each in a transaction of its own, so that none is long. Each step says where the next begins. Work
/// is idempotent: a step that failed is done again when the job is next due.
package struct JobKind: Sendable {
    /// What one step did.
    package struct Step: Sendable {
        /// Where the next step begins, or nil if there is nothing left.
        package let place: String?
        /// How many records changed.
        package let changed: Int64
        /// Whether another server is at work and does the rest.
        package let isBusy: Bool

        package init(place: String?, changed: Int64, isBusy: Bool) {
            self.place = place
            self.changed = changed
            self.isBusy = isBusy
        }
    }

    /// Its name for operators: on the command line, in metrics, logs and the table `job`. Unique in the program.
    package let name: String
    package let summary: String
    /// How often it is due.
    package let interval: Duration
    /// Takes the place at which the previous step ended, at first the empty text. It takes an advisory lock of the
    /// kind's own, so that one server works at a time.
    package let step: Statement<String, Step>

    package init(_ name: String, summary: String, every interval: Duration, step: Statement<String, Step>) {
        self.name = name
        self.summary = summary
        self.interval = interval
        self.step = step
    }
}
