import Foundation

/// The results of a stream. Times are milliseconds from when a request was due.
struct Report: Encodable {
    var started = 0
    var answered = 0
    /// Answers by status and, after a space, the GraphQL code of their first error.
    var outcomes: [String: Int] = [:]
    /// Wrong answers, and the first of them.
    var wrong = 0
    var firstWrong: String?
    /// Requests whose connection ended before their answer: one that had carried answers before, or a new one.
    var lostOnKept = 0
    var lostOnNew = 0
    /// Connections that were refused.
    var refused = 0
    /// Requests that timed out.
    var overdue = 0
    var latency = Distribution()
    /// Latency of correct answers.
    var goodLatency = Distribution()
    /// Latency of refusals: 429 and 503.
    var refusalLatency = Distribution()
    /// How late this program itself was.
    var lateness = Distribution()
    /// For each tenth of a second: good answers, refusals, others, and the longest time.
    var tenths: [[Double]] = []

    mutating func note(_ kind: Int, _ latency: Double, at seconds: Double) {
        let index = max(0, Int(seconds * 10))
        while tenths.count <= index { tenths.append([0, 0, 0, 0]) }
        tenths[index][kind] += 1
        tenths[index][3] = max(tenths[index][3], latency)
    }
}

/// Many times, summarized by some quantiles.
struct Distribution: Encodable {
    private var values: [Float] = []

    mutating func add(_ value: Double) { values.append(Float(value)) }

    private enum Keys: String, CodingKey {
        case count, p50, p90, p99, max
    }

    func encode(to encoder: any Encoder) throws {
        let sorted = values.sorted()
        let place = { (share: Double) in
            sorted.isEmpty ? 0 : (Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) * 1000).rounded() / 1000
        }
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(sorted.count, forKey: .count)
        try container.encode(place(0.5), forKey: .p50)
        try container.encode(place(0.9), forKey: .p90)
        try container.encode(place(0.99), forKey: .p99)
        try container.encode(place(1), forKey: .max)
    }
}
