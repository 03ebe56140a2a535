/// A metric with its values by label, written in Prometheus's text format 0.0.4.
struct MetricFamily: Sendable {
    enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    private enum Value: Sendable {
        case number(Double)
        case histogram(Histogram)
    }

    let name: String
    let kind: Kind
    let help: String
    private let labelNames: [String]
    /// How many combinations of labels are kept; any others count as "other".
    private let seriesLimit: Int
    private var values: [[String]: Value] = [:]

    init(
        _ name: String, _ kind: Kind, _ help: String, labels: [String] = [], seriesLimit: Int = 500
    ) {
        self.name = name
        self.kind = kind
        self.help = help
        labelNames = labels
        self.seriesLimit = seriesLimit
    }

    private func key(_ labels: [String]) -> [String] {
        values[labels] == nil && values.count >= seriesLimit ? [String](repeating: "other", count: labelNames.count) : labels
    }

    mutating func add(_ amount: Double, _ labels: [String] = []) {
        let key = key(labels)
        if case .number(let old)? = values[key] { values[key] = .number(old + amount) } else { values[key] = .number(amount) }
    }

    mutating func set(_ value: Double, _ labels: [String] = []) { values[key(labels)] = .number(value) }

    mutating func add(_ observed: Histogram, _ labels: [String] = []) {
        let key = key(labels)
        guard case .histogram(var histogram)? = values[key] else { return values[key] = .histogram(observed) }
        histogram.merge(observed)
        values[key] = .histogram(histogram)
    }

    func write(into text: inout String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for (labels, value) in values.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            switch value {
            case .number(let number): text += "\(name)\(labelText(labels)) \(number.shortText)\n"
            case .histogram(let histogram):
                var total: UInt64 = 0
                for (index, count) in histogram.counts.enumerated() {
                    total += count
                    let bound = index < histogram.bounds.count ? histogram.bounds[index].shortText : "+Inf"
                    text += "\(name)_bucket\(labelText(labels, bound)) \(total)\n"
                }
                text += "\(name)_sum\(labelText(labels)) \(histogram.sum.shortText)\n\(name)_count\(labelText(labels)) \(total)\n"
            }
        }
    }

    private func labelText(_ labels: [String], _ bound: String? = nil) -> String {
        var pairs = zip(labelNames, labels).map { "\($0)=\"\(Self.escaped($1))\"" }
        if let bound { pairs.append("le=\"\(bound)\"") }
        return pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
