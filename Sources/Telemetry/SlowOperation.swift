/// An operation that took long, with what it waited for. It holds no variables and no document, only the document's
/// hash.
public struct SlowOperation: Sendable {
    /// A statement by its name in the source.
    public struct Statement: Sendable {
        public let name: String
        /// In seconds.
        public let duration: Double

        public init(name: String, duration: Double) {
            self.name = name
            self.duration = duration
        }
    }

    public let record: RequestRecord
    /// The SHA-256 of the document in hexadecimal, by which automatic persisted queries know it.
    public let documentHash: String
    public let statements: [Statement]

    public init(record: RequestRecord, documentHash: String, statements: [Statement]) {
        self.record = record
        self.documentHash = documentHash
        self.statements = statements
    }

    /// The slowest first, equal ones together: `contact.page×2:31.5`, in total milliseconds.
    var statementText: String {
        var sums: [String: (count: Int, duration: Double)] = [:]
        for statement in statements {
            let old = sums[statement.name] ?? (0, 0)
            sums[statement.name] = (old.count + 1, old.duration + statement.duration)
        }
        let sorted = sums.sorted { ($1.value.duration, $0.key) < ($0.value.duration, $1.key) }
        return sorted.prefix(20).map { name, sum in
            "\(name)\(sum.count > 1 ? "×\(sum.count)" : ""):\(((sum.duration * 1e4).rounded() / 10).shortText)"
        }.joined(separator: ", ")
    }
}
