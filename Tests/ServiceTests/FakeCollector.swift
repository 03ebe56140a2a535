import EventLoop
import Foundation
import TestSupport

/// A span as the collector received it.
struct CollectedSpan {
    let traceID: String
    let spanID: String
    let parentID: String
    let name: String
    let kind: Int
    let start: UInt64
    let end: UInt64
    let state: String
    let hasFailed: Bool
    /// Integers with their digits, as OTLP has them.
    let attributes: [String: String]
}

/// A server that accepts what an OpenTelemetry collector accepts, on its own sockets, without our HTTP code.
final class FakeCollector: @unchecked Sendable {
    /// What it does with a request.
    enum Behaviour: Sendable {
        case take
        case answer(status: Int, fields: String)
        /// Waits this long before accepting it.
        case wait(seconds: Double)
        case hangUp
    }

    struct Request {
        let line: String
        /// Names in lower case.
        let fields: [String: String]
        let body: String
        let time: Date
    }

    struct Failure: Error {}

    private let listener: LocalListener
    private let lock = NSLock()
    private var behaviours: [Behaviour]
    private var received: [Request] = []
    private var taken: [String] = []

    var port: UInt16 { listener.port }
    var address: String { "http://127.0.0.1:\(port)" }
    var requests: [Request] { lock.withLock { received } }
    /// Of what it accepted.
    var bodies: [String] { lock.withLock { taken } }

    /// - Parameter behaviours: For the first requests, in order; later ones are accepted.
    init(_ behaviours: [Behaviour] = [], port: UInt16 = 0) throws {
        self.behaviours = behaviours
        listener = try LocalListener(port: port)
        listener.serve { [weak self] client in
            guard let self else {
                close(client)
                return
            }
            Thread.detachNewThread { self.serve(client) }
        }
    }

    func stop() { listener.stop() }

    private func serve(_ client: Int32) {
        defer { close(client) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
                var fields: [String: String] = [:]
                for line in lines.dropFirst() {
                    let parts = line.split(separator: ":", maxSplits: 1)
                    fields[parts[0].lowercased()] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
                }
                let length = Int(fields["content-length"] ?? "") ?? 0
                if bytes.count >= end.upperBound + length {
                    let body = String(decoding: bytes[end.upperBound..<end.upperBound + length], as: UTF8.self)
                    return answer(client, Request(line: lines[0], fields: fields, body: body, time: Date()))
                }
            }
            let count = recv(client, &chunk, chunk.count, 0)
            guard count > 0 else { return }
            bytes += chunk[..<count]
        }
    }

    private func answer(_ client: Int32, _ request: Request) {
        let behaviour = lock.withLock {
            received.append(request)
            return behaviours.isEmpty ? Behaviour.take : behaviours.removeFirst()
        }
        switch behaviour {
        case .hangUp: return
        case .answer(let status, let fields): return write(client, "HTTP/1.1 \(status) Status\r\n\(fields)Content-Length: 2\r\n\r\n{}")
        case .wait(let seconds): usleep(UInt32(seconds * 1e6))
        case .take: break
        }
        lock.withLock { taken.append(request.body) }
        write(client, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
    }

    private func write(_ client: Int32, _ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    /// Waits until it has accepted enough.
    func spans(until isEnough: ([CollectedSpan]) -> Bool) async throws -> [CollectedSpan] {
        for _ in 0..<200 {
            let spans = try bodies.flatMap(Self.spans)
            if isEnough(spans) { return spans }
            try await Task.sleep(for: .milliseconds(50))
        }
        return try bodies.flatMap(Self.spans)
    }

    /// Parses a body strictly: anything unknown to OTLP is a failure.
    static func spans(in body: String) throws -> [CollectedSpan] {
        guard let whole = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any] else { throw Failure() }
        var spans: [CollectedSpan] = []
        for resource in whole.objects("resourceSpans") {
            for scope in resource.objects("scopeSpans") {
                for span in scope.objects("spans") { spans.append(try Self.span(span)) }
            }
        }
        return spans
    }

    private static func span(_ span: [String: Any]) throws -> CollectedSpan {
        func isHexadecimal(_ text: String, _ count: Int) -> Bool {
            text.utf8.count == count && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        }
        let known: Set = [
            "traceId", "spanId", "parentSpanId", "traceState", "name", "kind", "startTimeUnixNano", "endTimeUnixNano", "attributes",
            "status",
        ]
        let parent = span["parentSpanId"] as? String ?? ""
        guard Set(span.keys).isSubset(of: known), isHexadecimal(span.text("traceId"), 32), isHexadecimal(span.text("spanId"), 16),
            parent.isEmpty || isHexadecimal(parent, 16), !span.text("name").isEmpty, (1...5).contains(span.number("kind")),
            // 64-bit numbers are strings.
            let start = (span["startTimeUnixNano"] as? String).flatMap({ UInt64($0) }),
            let end = (span["endTimeUnixNano"] as? String).flatMap({ UInt64($0) }), start <= end
        else { throw Failure() }
        return CollectedSpan(
            traceID: span.text("traceId"), spanID: span.text("spanId"), parentID: parent, name: span.text("name"),
            kind: span.number("kind"),
            start: start, end: end, state: span["traceState"] as? String ?? "", hasFailed: span.object("status").number("code") == 2,
            attributes: try attributes(of: span))
    }

    static func attributes(of object: [String: Any]) throws -> [String: String] {
        var attributes: [String: String] = [:]
        for attribute in object.objects("attributes") {
            let value = attribute.object("value")
            guard value.count == 1, let text = value["stringValue"] as? String ?? value["intValue"] as? String,
                value["intValue"] == nil || Int(text) != nil, attributes[attribute.text("key")] == nil
            else { throw Failure() }
            attributes[attribute.text("key")] = text
        }
        return attributes
    }
}
