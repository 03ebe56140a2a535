import CSystem
import Foundation

/// ppoll(2), which Glibc's module does not have.
@_silgen_name("ppoll")
private func poll(
    _ descriptors: UnsafeMutablePointer<pollfd>, _ count: UInt, _ limit: UnsafePointer<timespec>, _ signals: UnsafeRawPointer?
) -> CInt

/// Sends the requests of a plan from one thread and records the answers.
final class Generator {
    private let plan: Plan
    private let epoll = epoll_create1(0)
    private let start = Generator.now
    private var streams: [StreamState]
    private var connections: [Int32: ClientConnection] = [:]
    private var knownPort: UInt16 = 0
    private var portMoment = -1.0
    private var number = Int.random(in: 1_000_000...999_000_000) * 1000

    /// The state of a running stream.
    private struct StreamState {
        let plan: Plan.Stream
        let requests: [PreparedRequest]
        var report = Report()
        var due: Double
        var next = 0
        var idle: [ClientConnection] = []
        var open = 0
        /// The due times of requests without a connection yet.
        var waiting: [Double] = []
        var waitingStart = 0
    }

    init(_ plan: Plan) {
        self.plan = plan
        streams = plan.streams.map { stream in
            StreamState(plan: stream, requests: stream.requests.map { PreparedRequest($0, keeps: stream.keepsConnections) }, due: 0)
        }
    }

    /// Seconds of the monotonic clock.
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private var elapsed: Double { Self.now - start }

    func run() -> [String: Report] {
        for index in streams.indices where streams[index].plan.rate == nil {
            for _ in 0..<streams[index].plan.connections { begin(index, due: 0) }
        }
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        var nextCheck = 0.25
        while true {
            let now = elapsed
            if now < plan.seconds {
                beginDue(now)
            } else if streams.allSatisfy({ $0.report.started == Self.finished($0.report) && $0.waiting.count == $0.waitingStart }) {
                break
            }
            if now >= nextCheck {
                nextCheck = now + 0.25
                giveUp(now)
            }
            wait(until: min(nextCheck, now < plan.seconds ? streams.map(nextDue).min() ?? nextCheck : nextCheck))
            let count = epoll_wait(epoll, &events, Int32(events.count), 0)
            for event in events.prefix(max(0, Int(count))) {
                if let connection = connections[Int32(truncatingIfNeeded: event.data.u64)] { handle(connection, event.events) }
            }
        }
        return Dictionary(uniqueKeysWithValues: streams.map { ($0.plan.name, $0.report) })
    }

    private static func finished(_ report: Report) -> Int {
        report.answered + report.lostOnKept + report.lostOnNew + report.refused + report.overdue
    }

    private func nextDue(_ stream: StreamState) -> Double { stream.plan.rate == nil ? .infinity : stream.due }

    /// epoll_wait's milliseconds are too coarse.
    private func wait(until moment: Double) {
        let rest = max(0, moment - elapsed)
        var limit = timespec(tv_sec: Int(rest), tv_nsec: Int((rest - rest.rounded(.down)) * 1e9))
        var state = pollfd(fd: epoll, events: Int16(POLLIN), revents: 0)
        _ = LoadGenerator.poll(&state, 1, &limit, nil)
    }

    private func beginDue(_ now: Double) {
        for index in streams.indices {
            guard let rate = streams[index].plan.rate else { continue }
            while streams[index].due <= now {
                let due = streams[index].due
                streams[index].due += 1 / rate
                streams[index].report.lateness.add((now - due) * 1000)
                begin(index, due: due)
            }
        }
    }

    /// Sends the next request of a stream, or queues it for a connection.
    private func begin(_ index: Int, due: Double) {
        if let connection = streams[index].idle.popLast() { return send(on: connection, due: due) }
        guard streams[index].open < streams[index].plan.connections else { return streams[index].waiting.append(due) }
        streams[index].open += 1
        let connection = ClientConnection(index)
        guard connection.connect(plan.address, port: port) else {
            streams[index].open -= 1
            streams[index].report.started += 1
            streams[index].report.refused += 1
            return again(index)
        }
        connections[connection.descriptor] = connection
        var event = epoll_event()
        event.events = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLET.rawValue
        event.data.u64 = UInt64(UInt32(bitPattern: connection.descriptor))
        epoll_ctl(epoll, EPOLL_CTL_ADD, connection.descriptor, &event)
        send(on: connection, due: due)
    }

    /// Reread from time to time: a new server may have replaced the old one.
    private var port: UInt16 {
        let now = elapsed
        if now - portMoment > 0.02 {
            portMoment = now
            let text = (try? String(contentsOfFile: plan.portFile, encoding: .utf8)) ?? ""
            knownPort = UInt16(text.filter(\.isNumber)) ?? 0
        }
        return knownPort
    }

    private func send(on connection: ClientConnection, due: Double) {
        let stream = streams[connection.stream]
        let request = stream.requests[stream.next % stream.requests.count]
        streams[connection.stream].next += 1
        streams[connection.stream].report.started += 1
        number += 1
        connection.send(request, number: number, due: due)
    }

    private func handle(_ connection: ClientConnection, _ events: UInt32) {
        connection.flush()
        let isOpen = connection.receive()
        if let answer = connection.reader.next() {
            note(answer, connection)
            let keeps = streams[connection.stream].plan.keepsConnections && !answer.isLast && isOpen
            connection.isWaiting = false
            connection.answers += 1
            if keeps { free(connection) } else { close(connection) }
        } else if !isOpen {
            guard connection.isWaiting else { return close(connection) }
            if connection.isRefused {
                streams[connection.stream].report.refused += 1
            } else if connection.answers > 0 {
                streams[connection.stream].report.lostOnKept += 1
            } else {
                streams[connection.stream].report.lostOnNew += 1
            }
            streams[connection.stream].report.note(2, (elapsed - connection.due) * 1000, at: elapsed)
            close(connection)
        }
    }

    private func note(_ answer: AnswerReader.Answer, _ connection: ClientConnection) {
        let now = elapsed
        let latency = (now - connection.due) * 1000
        let expected = connection.expected
        let isGood = answer.status == 200 && (expected.map { answer.body == $0[...] } ?? true)
        var outcome = String(answer.status)
        if !isGood || expected == nil {
            let text = String(decoding: answer.body.prefix(2000), as: UTF8.self)
            if let place = text.range(of: "\"code\":\"") { outcome += " " + text[place.upperBound...].prefix { $0 != "\"" } }
            if answer.status == 200, !isGood {
                streams[connection.stream].report.wrong += 1
                streams[connection.stream].report.firstWrong = streams[connection.stream].report.firstWrong ?? String(text.prefix(300))
            }
        }
        let isRefusal = answer.status == 503 || answer.status == 429
        streams[connection.stream].report.answered += 1
        streams[connection.stream].report.outcomes[outcome, default: 0] += 1
        streams[connection.stream].report.latency.add(latency)
        if isGood { streams[connection.stream].report.goodLatency.add(latency) }
        if isRefusal { streams[connection.stream].report.refusalLatency.add(latency) }
        streams[connection.stream].report.note(isGood ? 0 : isRefusal ? 1 : 2, latency, at: now)
    }

    private func free(_ connection: ClientConnection) {
        let index = connection.stream
        if streams[index].waitingStart < streams[index].waiting.count {
            let due = streams[index].waiting[streams[index].waitingStart]
            streams[index].waitingStart += 1
            return send(on: connection, due: due)
        }
        if streams[index].plan.rate == nil, elapsed < plan.seconds { return send(on: connection, due: elapsed) }
        streams[index].idle.append(connection)
    }

    private func close(_ connection: ClientConnection) {
        connections[connection.descriptor] = nil
        connection.close()
        streams[connection.stream].idle.removeAll { $0 === connection }
        streams[connection.stream].open -= 1
        again(connection.stream)
    }

    /// Called when a connection's place becomes free.
    private func again(_ index: Int) {
        if streams[index].waitingStart < streams[index].waiting.count {
            let due = streams[index].waiting[streams[index].waitingStart]
            streams[index].waitingStart += 1
            return begin(index, due: due)
        }
        // A server that refuses everything must not cause a busy loop: closed connections are reopened at the next due
        // time.
        if streams[index].plan.rate == nil, elapsed < plan.seconds { begin(index, due: elapsed) }
    }

    private func giveUp(_ now: Double) {
        for connection in Array(connections.values) where connection.isWaiting && now - connection.due > plan.patience {
            streams[connection.stream].report.overdue += 1
            connection.isWaiting = false
            close(connection)
        }
    }
}
