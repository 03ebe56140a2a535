/// Remembers values of keys for a while: a bounded number of them.
struct KeyMemory<Value> {
    private let lifetime: UInt64
    private let capacity: Int
    private var entries: [String: (value: Value, end: UInt64)] = [:]
    private var nextSweep: UInt64 = 0

    /// - Parameter lifetime: In nanoseconds.
    init(lifetime: UInt64, capacity: Int) {
        self.lifetime = lifetime
        self.capacity = capacity
    }

    func value(for key: String, at now: UInt64) -> Value? {
        guard let entry = entries[key], entry.end > now else { return nil }
        return entry.value
    }

    /// If there is no room, nothing is remembered.
    mutating func remember(_ value: Value, for key: String, at now: UInt64) {
        if entries.count >= capacity, now >= nextSweep {
            nextSweep = now + lifetime / 4
            entries = entries.filter { $0.value.end > now }
        }
        guard entries.count < capacity || entries[key] != nil else { return }
        entries[key] = (value, now + lifetime)
    }

    mutating func forget(_ key: String) { entries[key] = nil }
}
