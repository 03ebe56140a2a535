/// Counts of observations by size. They are cumulated, as Prometheus expects, when they are written.
public struct Histogram: Sendable {
    /// Ascending upper bounds; a last, unbounded bucket is implied.
    public let bounds: [Double]
    public private(set) var counts: [UInt64]
    public private(set) var sum = 0.0

    public init(_ bounds: [Double]) {
        self.bounds = bounds
        counts = [UInt64](repeating: 0, count: bounds.count + 1)
    }

    public var count: UInt64 { counts.reduce(0, +) }

    public mutating func observe(_ value: Double) {
        sum += value
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
    }

    /// Adds the counts of another histogram with the same bounds.
    public mutating func merge(_ other: Histogram) {
        sum += other.sum
        for (index, count) in other.counts.enumerated() where index < counts.count { counts[index] += count }
    }

    /// The bounds that OpenTelemetry recommends for request durations, in seconds.
    static let seconds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
}
