internal import EventLoop

/// Connections of one loop that carry short reads of many requests at once. Belongs to the loop's thread.
///
/// A connection has a bounded number of batches in flight; the rest wait, and the owners take turns. A connection whose
/// first batches have waited too long is set aside: it gets nothing more until it has answered, and what was sent
/// behind them is also sent on another one.
final class SharedConnections {
    private let opener: ConnectionOpener
    private let size: Int
    /// Additional connections while some are set aside.
    private let spares: Int
    private let window: Int

    private var working: [Connection] = []
    private var aside: [Connection] = []
    private var connecting = 0
    private var waiting = FairQueue<Batch>()
    private var watch: Timer?
    private var retry: Timer?
    /// Called when a batch has stalled a connection.
    var onStall: ((Batch) -> Void)?
    /// Where the others go that were sent to it, and those of its owner that wait: here, unless it is set.
    var reroute: ((Batch) -> Void)?
    /// How long batches at the head usually wait, in nanoseconds: on a slow machine, slowness alone sets nothing aside.
    private var usualWait: UInt64 = 0

    init(_ opener: ConnectionOpener, size: Int, spares: Int) {
        self.opener = opener
        self.size = size
        self.spares = spares
        window = opener.configuration.sharedWindow
    }

    var count: Int { working.count + aside.count }
    var asideCount: Int { aside.count }
    var waitingCount: Int { waiting.count }

    /// Sends what this turn of the loop has gathered.
    func endTurn() {
        for connection in working { connection.endTurn() }
        for connection in aside { connection.endTurn() }
    }

    // MARK: Sending

    func submit(_ batch: Batch) {
        guard !opener.isClosed else { return batch.complete(otherwise: PostgresError(.unavailable)) }
        openMissing()
        if waiting.isEmpty, let connection = freest { return send(batch, on: connection) }
        guard count + connecting > 0 || retry != nil else { return batch.complete(otherwise: PostgresError(.unavailable)) }
        let limit = opener.configuration.queueLimit
        guard waiting.count < limit, waiting.count(of: batch.owner) < opener.configuration.share(of: limit) else {
            return batch.complete(otherwise: PostgresError(.poolExhausted))
        }
        waiting.append(batch, of: batch.owner)
        settleWaiting()
    }

    /// Removes a batch whose caller has given up.
    func withdraw(_ batch: Batch) { waiting.removeAll(of: batch.owner) { $0 === batch } }

    private var freest: Connection? {
        guard let best = working.min(by: { $0.load < $1.load }), best.load < window else { return nil }
        return best
    }

    private func send(_ batch: Batch, on connection: Connection) {
        connection.submit(batch)
        startWatch()
    }

    private func sendWaiting() {
        while !waiting.isEmpty, let connection = freest, let batch = waiting.popFirst() { send(batch, on: connection) }
    }

    // MARK: Opening

    private func openMissing() {
        guard working.count + connecting < size, count + connecting < size + spares else { return }
        connecting += 1
        opener.open(statementTimeout: opener.configuration.sharedStatementTimeout) { [weak self] connection in
            self?.forget(connection)
        } _: { [self] connection in
            connecting -= 1
            if let connection { add(connection) }
            settleWaiting()
        }
    }

    private func add(_ connection: Connection) {
        // Those that were set aside may have come back meanwhile.
        guard working.count < size else { return connection.close() }
        connection.onProgress = { [weak self] in self?.hasAnswered($0, after: $1) }
        working.append(connection)
    }

    /// Serves the waiting batches, or fails them if there is nothing to wait for.
    private func settleWaiting() {
        sendWaiting()
        guard !waiting.isEmpty, working.isEmpty, connecting == 0, retry == nil, aside.count < size + spares else { return }
        guard opener.openConnections > 0, !opener.isClosed else { return failWaiting() }
        retry = opener.loop.schedule(after: opener.retryDelay) { [weak self] in
            self?.retry = nil
            self?.openMissing()
        }
    }

    private func failWaiting() {
        for batch in waiting.popAll() { batch.complete(otherwise: PostgresError(.unavailable)) }
    }

    private func forget(_ connection: Connection) {
        opener.observations.connectionLost()
        working.removeAll { $0 === connection }
        aside.removeAll { $0 === connection }
        if !waiting.isEmpty {
            openMissing()
            settleWaiting()
        }
    }

    // MARK: Setting aside

    private func hasAnswered(_ connection: Connection, after wait: UInt64) {
        if aside.contains(where: { $0 === connection }) {
            if connection.load == 0 { takeBack(connection) }
        } else {
            usualWait = usualWait - usualWait / 8 + wait / 8
        }
        if !waiting.isEmpty { sendWaiting() }
    }

    private func takeBack(_ connection: Connection) {
        aside.removeAll { $0 === connection }
        if working.count < size { working.append(connection) } else { connection.close() }
    }

    private func startWatch() {
        guard watch == nil else { return }
        watch = opener.loop.schedule(after: opener.configuration.headPatience / 2) { [weak self] in self?.check() }
    }

    private func check() {
        watch = nil
        let now = EventLoop.now
        let patience = max(opener.configuration.headPatience.wholeNanoseconds, usualWait &* 8)
        let stalled = working.filter { $0.load > 0 && now &- $0.headSince > patience }
        if !stalled.isEmpty { setAside(stalled) }
        if working.contains(where: { $0.load > 0 }) || !aside.isEmpty { startWatch() }
    }

    private func setAside(_ connections: [Connection]) {
        working.removeAll { connection in connections.contains { $0 === connection } }
        aside += connections
        var displaced: [Batch] = []
        for connection in connections {
            opener.observations.connectionSetAside()
            let (head, rest) = connection.batchesUnderWay()
            // Of several answered together, the slow one is unknown: each is tried on a connection of its own.
            if head.count > 1 {
                for batch in head { batch.complete(otherwise: PostgresError(.delayed)) }
            } else if let batch = head.first {
                onStall?(batch)
                waiting.removeAll(of: batch.owner) {
                    displaced.append($0); return true
                }
            }
            for batch in rest where !batch.isEnded { displaced.append(batch.copy()) }
        }
        openMissing()
        for batch in displaced { if let reroute { reroute(batch) } else { submit(batch) } }
    }

    /// Whether a connection is stalled by one of the queries, run for the same owner.
    func standsStill(over queries: [Query], of owner: WorkOwner) -> Bool {
        guard !aside.isEmpty else { return false }
        return aside.contains { connection in
            let head = connection.batchesUnderWay().head
            guard head.count == 1, head[0].owner == owner else { return false }
            return head[0].queries.contains { slow in queries.contains { $0.statement.sql.text == slow.statement.sql.text } }
        }
    }

    func closeAll() {
        for connection in working + aside { connection.close() }
        failWaiting()
    }
}
