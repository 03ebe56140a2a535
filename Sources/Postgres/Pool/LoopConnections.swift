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
    /// Short reads of tenants that have just stalled a connection: they stall nobody else's.
    private let suspects: SharedConnections
    private var suspicions = Suspicions()
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
        suspects = SharedConnections(
            opener, size: DatabaseConfiguration.suspectConnections, spares: configuration.spareConnections)
        tenants.shared.onStall = { [weak self] in self?.suspicions.insert($0.owner) }
        tenants.shared.reroute = { [weak self] in self?.shared(of: $0.owner).submit($0) }
        loop.atTurnEnd { [weak self] in
            self?.tenants.shared.endTurn()
            self?.suspects.endTurn()
            self?.platform.shared.endTurn()
        }
    }

    func lane(of owner: WorkOwner) -> Lane { owner == .platform ? platform : tenants }

    // MARK: Short reads

    func submit(_ batch: Batch) { shared(of: batch.owner).submit(batch) }

    /// Removes a batch whose caller has given up.
    func withdraw(_ batch: Batch) {
        lane(of: batch.owner).shared.withdraw(batch)
        suspects.withdraw(batch)
    }

    private func shared(of owner: WorkOwner) -> SharedConnections {
        owner != .platform && suspicions.contains(owner) ? suspects : lane(of: owner).shared
    }

    // MARK: What has proved slow

    /// Whether one of the queries recently proved slow for its owner, or is doing so now.
    func isSlow(_ queries: [Query], of owner: WorkOwner) -> Bool {
        slowStatements.contains(anyOf: queries, of: owner) || lane(of: owner).shared.standsStill(over: queries, of: owner)
            || suspects.standsStill(over: queries, of: owner)
    }

    /// Notes reads that were too slow for a shared connection.
    func noteSlow(_ queries: [Query], of owner: WorkOwner) {
        slowStatements.insert(queries, of: owner)
        suspicions.insert(owner)
    }

    // MARK: The whole

    var statistics: Database.Statistics {
        var statistics = Database.Statistics()
        let observations = opener.observations
        statistics.platform = platform.shared.count + platform.exclusive.busyCount + platform.exclusive.idleCount
        statistics.shared = tenants.shared.count + suspects.count
        statistics.aside = platform.shared.asideCount + tenants.shared.asideCount + suspects.asideCount
        statistics.setAside = observations.setAside
        statistics.busy = tenants.exclusive.busyCount
        statistics.heavy = tenants.exclusive.heavyCount
        statistics.idle = tenants.exclusive.idleCount
        statistics.waiting = tenants.exclusive.waitingCount + platform.exclusive.waitingCount
        statistics.sharedWaiting = tenants.shared.waitingCount + suspects.waitingCount + platform.shared.waitingCount
        statistics.statements = observations.statements
        statistics.acquisitions = observations.acquisitions
        statistics.timeouts = observations.timeouts
        statistics.reconnects = observations.reconnects
        return statistics
    }

    func closeAll() {
        opener.close()
        suspects.closeAll()
        for lane in [platform, tenants] {
            lane.shared.closeAll()
            lane.exclusive.closeAll()
        }
    }
}
