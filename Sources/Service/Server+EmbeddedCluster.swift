internal import Postgres
internal import Telemetry

extension Server {
    /// Logs an event of the embedded database.
    func record(_ event: EmbeddedCluster.Event) {
        let line: TelemetryEvent =
            switch event {
            case .ended: .warning("The embedded PostgreSQL exited. It is being restarted.")
            case .updated(let from, let to):
                .notice("PostgreSQL was updated from \(from) to \(to). The embedded one is restarted once no transaction is open.")
            case .started(let version, let duration):
                .notice("The embedded PostgreSQL \(version) runs again, after \(duration.formatted).")
            case .failed(let failure): .failure("\(failure) The server ends.")
            }
        record(line)
    }
}

extension Duration {
    /// In seconds, to the millisecond: `1.25 s`.
    fileprivate var formatted: String { "\((self / .milliseconds(1)).rounded() / 1000) s" }
}
