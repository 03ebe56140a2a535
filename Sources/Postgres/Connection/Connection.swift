internal import CLibPQ
internal import Dispatch
internal import EventLoop
internal import Memory

/// A connection to the server in libpq's pipeline mode, driven by its loop. Belongs to the loop's thread.
///
/// Batches submitted in one turn of the loop go out together, followed by one Sync. When a statement fails, the server
/// skips everything up to the Sync: batches that were merely skipped are resent, each with a Sync of its own.
///
/// Behind a pooler, a group waits for the answer to the previous one: PgBouncer hands the session to another client at
/// the first answer to a Sync, and the answer to a second one would go there.
final class Connection: EventHandler {
    enum State { case ready, closed }

    private enum Expectation {
        /// The answer to a Parse that came before a query.
        case prepare(Batch, Int, PreparedStatement)
        /// The answer to a query, and the statement where that was kept prepared.
        case query(Batch, Int, PreparedStatement?)
        case deallocate(Batch)
        /// The end of a group: its batches are complete.
        case sync([Batch])
    }

    private(set) var state = State.ready
    /// Batches sent and not yet answered.
    private(set) var load = 0
    private let loop: EventLoop
    private let configuration: DatabaseConfiguration
    private let naming: StatementNaming
    private let observations: LoopObservations
    /// Freed when closed.
    private let handle: OpaquePointer
    private let descriptor: Int32
    private let onClose: (Connection) -> Void
    /// Called when batches are answered, with the nanoseconds they waited at the head; also when a cancellation has
    /// ended.
    var onProgress: ((Connection, UInt64) -> Void)?
    /// Since when the batches at the head have been there, if any are in flight.
    private(set) var headSince: UInt64 = 0
    /// Cancel requests in flight.
    private var cancels = 0
    private var timer: Timer?
    private var lastProgress: UInt64 = 0
    private var expectations = Queue<Expectation>()
    private var unsynced: [Batch] = []
    private let isPooled: Bool
    /// Syncs not answered yet.
    private var groupsUnderWay = 0
    /// Batches that wait until no group is in flight.
    private var held: [Batch] = []
    private var prepared: PreparedStatements

    /// Takes ownership of libpq's connection. If it cannot be watched, closes it and returns nil.
    ///
    /// - Parameter onClose: Called once, when the connection is closed.
    init?(
        _ connected: ConnectionAttempt.Connected, _ configuration: DatabaseConfiguration, naming: StatementNaming, loop: EventLoop,
        observations: LoopObservations, onClose: @escaping (Connection) -> Void
    ) {
        let handle = connected.handle
        self.loop = loop
        self.configuration = configuration
        self.naming = naming
        self.observations = observations
        self.onClose = onClose
        self.handle = handle
        prepared = PreparedStatements(
            limit: configuration.preparedStatementLimit, bytes: configuration.preparedStatementBytes,
            memory: configuration.memory?.reservation(for: .server))
        isPooled = connected.isPooled
        descriptor = PQsocket(handle)
        // By default libpq prints notices to stderr; they are of no use here.
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1, loop.watch(descriptor, for: .readable, handler: self)
        else {
            PQfinish(handle)
            return nil
        }
    }

    var isInTransaction: Bool { state == .ready && PQtransactionStatus(handle) != PQTRANS_IDLE }

    /// Whether it cannot be handed to another user yet.
    var isBusy: Bool { state == .ready && (load > 0 || cancels > 0) }

    /// How long a cancel request has to take effect before it is repeated.
    private static let cancelInterval = Duration.milliseconds(250)

    /// Asks the server to cancel the batch, repeatedly until it is answered: a request that arrives before the server
    /// has read the batch is lost.
    ///
    /// libpq 15 blocks for the request, so it is made on another thread. Until then the connection counts as busy;
    /// otherwise the request could cancel the next user's work.
    func cancel(_ batch: Batch) {
        guard state == .ready, isUnderWay(batch), let request = PQgetCancel(handle) else { return }
        cancels += 1
        let box = Unchecked((request, self, batch))
        DispatchQueue.global().async { [loop] in
            PQcancel(box.value.0, nil, 0)
            PQfreeCancel(box.value.0)
            loop.execute {
                let (_, connection, batch) = box.value
                connection.cancels -= 1
                connection.onProgress?(connection, 0)
                loop.schedule(after: Self.cancelInterval) { connection.cancel(batch) }
            }
        }
    }

    private func isUnderWay(_ batch: Batch) -> Bool {
        let (head, rest) = batchesUnderWay()
        return (head + rest).contains { $0 === batch }
    }

    /// The batches in flight: those answered next, which are one group, and those behind them.
    func batchesUnderWay() -> (head: [Batch], rest: [Batch]) {
        var groups: [[Batch]] = []
        for case .sync(let batches) in expectations.all { groups.append(batches) }
        guard let head = groups.first else { return ([], unsynced + held) }
        return (head, groups.dropFirst().flatMap { $0 } + unsynced + held)
    }

    // MARK: Sending

    /// Sends a batch at the end of the turn, or fails it at once if the connection is closed.
    func submit(_ batch: Batch) {
        guard state == .ready else { return batch.complete(otherwise: PostgresError(.unavailable)) }
        load += 1
        batch.start = EventLoop.now
        if load == 1 {
            headSince = batch.start
            startWatch()
        }
        enqueue(batch)
    }

    private func enqueue(_ batch: Batch) {
        if isPooled, groupsUnderWay > 0 { return held.append(batch) }
        // First, so that it is answered if sending fails and the connection is closed.
        unsynced.append(batch)
        send(batch)
        if state == .ready, batch.isRepeated { sync() }
    }

    /// Ends the group of batches of this turn.
    func endTurn() {
        guard state == .ready, !unsynced.isEmpty else { return }
        sync()
    }

    private func sync() {
        guard PQpipelineSync(handle) == 1 else { return close() }
        groupsUnderWay += 1
        expectations.append(.sync(unsynced))
        unsynced.removeAll(keepingCapacity: true)
        flush()
    }

    private func send(_ batch: Batch) {
        for (index, query) in batch.queries.enumerated() where query.containsNull {
            batch.set(.failure(PostgresError(.invalidValue, sqlState: "22021", statement: query.statement.name)), at: index)
        }
        // Otherwise what follows the refused one, such as a COMMIT, would be done without it.
        if batch.isInTransaction, batch.hasFailed { return }
        for (index, query) in batch.queries.enumerated() where !batch.hasResult(at: index) {
            guard send(query, batch, index) else { return close() }
        }
    }

    private func send(_ query: Query, _ batch: Batch, _ index: Int) -> Bool {
        let text = query.statement.sql.text
        guard naming.usesNames, query.statement.isPrepared, let (statement, isNew) = prepared.statement(text) else {
            guard query.withPointers({ PQsendQueryParams(handle, text, $0, nil, $1, nil, nil, 0) }) == 1 else { return false }
            expectations.append(.query(batch, index, nil))
            return true
        }
        if isNew {
            guard PQsendPrepare(handle, statement.name, text, 0, nil) == 1 else { return false }
            expectations.append(.prepare(batch, index, statement))
        }
        guard query.withPointers({ PQsendQueryPrepared(handle, statement.name, $0, $1, nil, nil, 0) }) == 1 else { return false }
        expectations.append(.query(batch, index, statement))
        while let old = prepared.evict() {
            guard PQsendQueryParams(handle, "DEALLOCATE \(old.name)", 0, nil, nil, nil, nil, 0) == 1 else { return false }
            expectations.append(.deallocate(batch))
        }
        return true
    }

    private func flush() {
        switch PQflush(handle) {
        case 0: loop.rewatch(descriptor, for: .readable)
        case 1: loop.rewatch(descriptor, for: [.readable, .writable])
        default: close()
        }
    }

    // MARK: Receiving

    func handle(_ readiness: Readiness) {
        if state == .ready, readiness.contains(.writable) { flush() }
        if state == .ready { receive() }
    }

    private func receive() {
        guard PQconsumeInput(handle) == 1 else { return close() }
        lastProgress = EventLoop.now
        var isBetweenQueries = false
        while state == .ready, !expectations.isEmpty, PQisBusy(handle) == 0 {
            guard let result = PQgetResult(handle) else {
                // In pipeline mode a nil ends the results of one query. A second nil means that libpq expects nothing
                // while we do.
                if isBetweenQueries { return close() }
                isBetweenQueries = true
                continue
            }
            isBetweenQueries = false
            take(result)
        }
        // A connection that is lost while idle becomes readable.
        if state == .ready, PQstatus(handle) == CONNECTION_BAD { close() }
    }

    private func take(_ result: OpaquePointer) {
        guard let expectation = expectations.popFirst() else { return PQclear(result) }
        let status = PQresultStatus(result)
        switch expectation {
        case .sync(let batches):
            PQclear(result)
            guard status == PGRES_PIPELINE_SYNC else {
                // The session ended instead of answering: closing fails these batches.
                unsynced = batches + unsynced
                return close()
            }
            groupsUnderWay -= 1
            let wait = lastProgress &- headSince
            headSince = lastProgress
            finish(batches)
            sendHeld()
            onProgress?(self, wait)
        case .deallocate(let batch):
            let error = status == PGRES_FATAL_ERROR ? PostgresError(result: result, statement: nil) : nil
            PQclear(result)
            guard let error else { break }
            if error.endedSession { return close() }
            if error.condition == .statementNotKept {
                batch.lostStatement = true
                naming.lose()
            }
        case .prepare(let batch, let index, let statement):
            statement.isConfirmed = status == PGRES_COMMAND_OK
            if !statement.isConfirmed {
                prepared.forget(statement)
                if status != PGRES_PIPELINE_ABORTED { fail(batch, index, statement, result) }
            }
            PQclear(result)
        case .query(let batch, let index, let statement):
            switch status {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                batch.set(.success(QueryResult(result)), at: index)
                note(batch, index, "")
            case PGRES_PIPELINE_ABORTED:
                PQclear(result)
            default:
                fail(batch, index, statement, result)
                PQclear(result)
            }
        }
    }

    private func fail(_ batch: Batch, _ index: Int, _ statement: PreparedStatement?, _ result: OpaquePointer) {
        let error = PostgresError(result: result, statement: batch.queries[index].statement.name)
        if let statement, error.condition == .statementNotKept {
            // An unconfirmed statement belongs to a group that the server skipped. Otherwise a pooler has switched
            // sessions.
            if statement.isConfirmed || error.sqlState == "42P05" { naming.lose() }
            prepared.forget(statement)
            batch.lostStatement = true
            if !batch.isInTransaction { return }
        }
        batch.set(.failure(error), at: index)
        note(batch, index, error.sqlState)
        if error.endedSession { close() }
    }

    private func note(_ batch: Batch, _ index: Int, _ sqlState: String) {
        let statement = batch.queries[index].statement
        observations.statementEnded(statement.name, nanoseconds: lastProgress &- min(batch.start, lastProgress))
        batch.log?.append(StatementLog.Entry(statement: statement, start: batch.start, end: lastProgress, sqlState: sqlState))
    }

    private func finish(_ batches: [Batch]) {
        load -= batches.count
        for batch in batches {
            if !batch.isEnded, mustRepeat(batch) {
                batch.prepareForRepetition()
                submit(batch)
            } else {
                batch.complete(otherwise: PostgresError(batch.lostStatement ? .statementNotKept : .other))
            }
        }
    }

    private func sendHeld() {
        guard state == .ready, !held.isEmpty, groupsUnderWay == 0 else { return }
        let batches = held
        held = []
        for batch in batches {
            if state == .ready { enqueue(batch) } else { batch.complete(otherwise: .connectionLost) }
        }
        endTurn()
    }

    /// Whether nothing of the batch was done through no fault of its own.
    private func mustRepeat(_ batch: Batch) -> Bool {
        if batch.isInTransaction { return false }
        return batch.lostStatement || !batch.isAnswered && !batch.hasFailed && !batch.isRepeated
    }

    // MARK: Watching and closing

    /// The server ends statements in time; a connection that stays silent for longer is dead. The server may hold a
    /// group's results back until the last one is ready, so each statement of the group, up to four, adds its time.
    private var patience: Duration { configuration.statementTimeout * min(max(1, expectations.count), 4) + .seconds(1) }

    private func startWatch() {
        lastProgress = EventLoop.now
        if timer == nil { timer = loop.schedule(after: patience) { [weak self] in self?.checkProgress() } }
    }

    private func checkProgress() {
        timer = nil
        guard state == .ready, load > 0 else { return }
        let idle = Duration.nanoseconds(Int64(clamping: EventLoop.now &- lastProgress))
        let patience = patience
        if idle >= patience { return close() }
        timer = loop.schedule(after: patience - idle) { [weak self] in self?.checkProgress() }
    }

    /// Closes at once. What was in flight fails.
    func close() {
        guard state != .closed else { return }
        state = .closed
        timer?.cancel()
        loop.unwatch(descriptor)
        PQfinish(handle)
        var lost = unsynced + held
        unsynced.removeAll()
        held.removeAll()
        while let expectation = expectations.popFirst() {
            if case .sync(let batches) = expectation { lost = batches + lost }
        }
        onClose(self)
        for batch in lost { batch.complete(otherwise: .connectionLost) }
    }
}
