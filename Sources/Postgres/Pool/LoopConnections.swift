internal import EventLoop

/// The connections of one loop: those for the platform's work, and those for the tenants'. Belongs to the loop's
/// thread.
final class LoopConnections {
    /// The connections for one group of owners.
    struct Lane {
        let shared: SharedConnections
        let exclusive: ExclusiveConnections
    }

    let loop: EventLoop
    private let opener: ConnectionOpener
    private let platform: Lane
    private let tenants: Lane
    private var slowStatements = SlowStatements()

    /// - Parameter exclusiveLimit: Connections for the tenants' changes and slow reads.
    init(_ configuration: DatabaseConfiguration, naming: StatementNaming, loop: EventLoop, exclusiveLimit: Int) {
        self.loop = loop
        opener = ConnectionOpener(configuration, naming: naming, loop: loop)
        platform = Lane(
            shared: SharedConnections(opener, size: 1, spares: 1),
            exclusive: ExclusiveConnections(
                opener, limit: DatabaseConfiguration.platformPoolSize, reserve: 0, heavyLimit: DatabaseConfiguration.platformPoolSize))
        tenants = Lane(
            shared: SharedConnections(opener, size: configuration.sharedConnections, spares: configuration.spareConnections),
            exclusive: ExclusiveConnections(
                opener, limit: exclusiveLimit, reserve: configuration.reserve(beside: exclusiveLimit),
                heavyLimit: max(1, exclusiveLimit / 2)))
        loop.atTurnEnd { [weak self] in
            self?.tenants.shared.endTurn()
            self?.platform.shared.endTurn()
        }
    }

    func lane(of owner: WorkOwner) -> Lane { owner == .platform ? platform : tenants }

    // MARK: What has proved slow

    /// Whether one of the queries recently proved slow for its owner, or is doing so now.
    func isSlow(_ queries: [Query], of owner: WorkOwner) -> Bool {
        slowStatements.contains(anyOf: queries, of: owner) || lane(of: owner).shared.standsStill(over: queries, of: owner)
    }

    func noteSlow(_ queries: [Query], of owner: WorkOwner) { slowStatements.insert(queries, of: owner) }

    // MARK: The whole

    var statistics: Database.Statistics {
        var statistics = Database.Statistics()
        let observations = opener.observations
        statistics.platform = platform.shared.count + platform.exclusive.busyCount + platform.exclusive.idleCount
        statistics.shared = tenants.shared.count
        statistics.aside = platform.shared.asideCount + tenants.shared.asideCount
        statistics.setAside = observations.setAside
        statistics.busy = tenants.exclusive.busyCount
        statistics.heavy = tenants.exclusive.heavyCount
        statistics.idle = tenants.exclusive.idleCount
        statistics.waiting = tenants.exclusive.waitingCount + platform.exclusive.waitingCount
        statistics.sharedWaiting = tenants.shared.waitingCount + platform.shared.waitingCount
        statistics.statements = observations.statements
        statistics.acquisitions = observations.acquisitions
        statistics.timeouts = observations.timeouts
        statistics.reconnects = observations.reconnects
        return statistics
    }

    func closeAll() {
        opener.close()
        for lane in [platform, tenants] {
            lane.shared.closeAll()
            lane.exclusive.closeAll()
        }
    }
}
