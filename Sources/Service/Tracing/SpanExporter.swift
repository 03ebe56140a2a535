internal import EventLoop
internal import HTTP
internal import Synchronization
internal import Telemetry

/// Sends spans to a collector in batches, from its own thread. A request only queues its spans: it never waits, and
/// spans without room are dropped and counted.
final class SpanExporter: Sendable {
    private struct State {
        var queue: [Span] = []
        var dropped = 0
        var exported = 0
        var failures = 0
        /// Consecutive failures.
        var failuresInRow = 0
        /// Nothing is sent before this time.
        var retryAt: UInt64 = 0
        var isWoken = false
        /// Set during shutdown: nothing is sent after this time.
        var end: UInt64?
    }

    /// Counts of spans by outcome so far.
    struct Counts: Sendable {
        let waiting: Int
        let exported: Int
        let dropped: Int
        let failures: Int
    }

    private let configuration: TracingConfiguration
    private let telemetry: any TelemetrySink
    private let encoder: SpanEncoder
    private let loop = EventLoop(name: "spans")
    private let state = Lock(State())

    init(_ configuration: TracingConfiguration, telemetry: any TelemetrySink) {
        self.configuration = configuration
        self.telemetry = telemetry
        encoder = SpanEncoder(serviceName: configuration.serviceName)
        loop.execute { [self] in tick() }
    }

    var counts: Counts {
        state.withLock { Counts(waiting: $0.queue.count, exported: $0.exported, dropped: $0.dropped, failures: $0.failures) }
    }

    /// Queues the spans of a request, all or none.
    func submit(_ spans: [Span]) {
        let wakes = state.withLock { state in
            guard state.end == nil, state.queue.count + spans.count <= configuration.queueLimit else {
                state.dropped += spans.count
                return false
            }
            state.queue += spans
            guard !state.isWoken, state.queue.count >= configuration.batchLimit, state.failuresInRow == 0 else { return false }
            state.isWoken = true
            return true
        }
        if wakes { loop.execute { [self] in exportAll() } }
    }

    /// Sends what is left, within a time limit, and ends.
    func stop() async {
        state.withLock { $0.end = EventLoop.now + UInt64(configuration.closingLimit / .nanoseconds(1)) }
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            loop.execute { [self] in
                state.withLock { $0.retryAt = 0 }
                exportAll()
                state.withLock { state in
                    state.dropped += state.queue.count
                    state.queue = []
                }
                continuation.resume()
            }
        }
        loop.stop()
        loop.join()
    }

    // MARK: On the thread

    private func tick() {
        exportAll()
        loop.schedule(after: configuration.interval) { [weak self] in self?.tick() }
    }

    private func exportAll() {
        while let batch = nextBatch() {
            switch send(batch) {
            case .done:
                let wasFailing = state.withLock { state in
                    defer { state.failuresInRow = 0 }
                    state.exported += batch.count
                    return state.failuresInRow > 0
                }
                if wasFailing { telemetry.record(.warning("Spans are exported again.")) }
            case .refused(let reason):
                note(reason) { $0.dropped += batch.count }
            case .failed(let reason, let delay):
                note(reason) { state in
                    // Newer spans may have filled the queue meanwhile: then older ones are dropped.
                    let room = max(0, configuration.queueLimit - state.queue.count)
                    state.queue = batch.suffix(room) + state.queue
                    state.dropped += max(0, batch.count - room)
                    let backOff = configuration.backOff * Double(1 << min(state.failuresInRow, 6))
                    let pause = delay.map { min($0, .seconds(300)) } ?? min(backOff, .seconds(60)) * Double.random(in: 0.8...1.2)
                    state.retryAt = EventLoop.now + UInt64(pause / .nanoseconds(1))
                }
                return
            }
        }
    }

    private func nextBatch() -> [Span]? {
        state.withLock { state in
            state.isWoken = false
            let now = EventLoop.now
            guard !state.queue.isEmpty, now >= state.retryAt, state.end.map({ now < $0 }) ?? true else { return nil }
            let batch = Array(state.queue.prefix(configuration.batchLimit))
            state.queue.removeFirst(batch.count)
            return batch
        }
    }

    /// Counts a failure. The first of several in a row is logged.
    private func note(_ reason: String, _ change: (inout State) -> Void) {
        let isFirst = state.withLock { state in
            change(&state)
            state.failures += 1
            state.failuresInRow += 1
            return state.failuresInRow == 1
        }
        guard isFirst else { return }
        let place = "\(configuration.collector.host):\(configuration.collector.port)"
        telemetry.record(.failure("Spans cannot be exported to \(place): \(reason). The metrics count what is dropped."))
    }

    private enum Outcome {
        case done
        /// A retry would not help.
        case refused(String)
        /// It is retried, after the collector's delay if given.
        case failed(String, Duration?)
    }

    private func send(_ batch: [Span]) -> Outcome {
        var limit = configuration.limit
        if let end = state.withLock({ $0.end }) { limit = min(limit, .nanoseconds(Int64(clamping: end &- min(end, EventLoop.now)))) }
        let request = OutgoingRequest(
            "POST", configuration.collector,
            fields: [HTTPField("Content-Type", "application/json"), HTTPField("User-Agent", "customeros-api/\(Program.version)")]
                + configuration.fields,
            body: encoder.body(of: batch), trustedCertificates: configuration.trustedCertificates, limit: limit)
        let response: OutgoingRequest.Response
        do {
            response = try request.send { [state] in state.withLock { $0.end.map { EventLoop.now >= $0 } ?? false } }
        } catch {
            return .failed(error.description, nil)
        }
        switch response.status {
        case 200..<300: return .done
        // The statuses that the protocol calls retryable.
        case 429, 502, 503, 504:
            let seconds = response.field("Retry-After").flatMap { Int($0) }
            return .failed("it answers \(response.status)", seconds.map { .seconds(max(0, $0)) })
        default: return .refused("it answers \(response.status)")
        }
    }
}
