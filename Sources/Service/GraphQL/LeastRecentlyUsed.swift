/// An LRU cache bounded by the cost of its values. Not thread-safe: keep it in a lock.
struct LeastRecentlyUsed<Key: Hashable, Value> {
    private struct Entry {
        let value: Value
        var cost: Int
        var lastUse: UInt64
    }

    let limit: Int
    private(set) var cost = 0
    private(set) var hits = 0
    private(set) var misses = 0
    private var entries: [Key: Entry] = [:]
    private var uses: UInt64 = 0

    init(limit: Int) { self.limit = limit }

    var count: Int { entries.count }

    mutating func value(for key: Key) -> Value? {
        uses += 1
        guard let index = entries.index(forKey: key) else {
            misses += 1
            return nil
        }
        hits += 1
        entries.values[index].lastUse = uses
        return entries.values[index].value
    }

    /// Keeps a value, unless it alone costs more than an eighth of the limit.
    mutating func insert(_ value: Value, for key: Key, cost valueCost: Int) {
        guard valueCost <= limit / 8 else { return }
        uses += 1
        if let old = entries.updateValue(Entry(value: value, cost: valueCost, lastUse: uses), forKey: key) { cost -= old.cost }
        cost += valueCost
        if cost > limit { shrink() }
    }

    /// Adds to the cost of a kept value that has grown.
    mutating func add(cost addition: Int, for key: Key) {
        guard let index = entries.index(forKey: key) else { return }
        entries.values[index].cost += addition
        cost += addition
        if entries.values[index].cost > limit / 8 {
            cost -= entries.values[index].cost
            entries.remove(at: index)
        } else if cost > limit {
            shrink()
        }
    }

    mutating func remove(_ key: Key) {
        if let old = entries.removeValue(forKey: key) { cost -= old.cost }
    }

    /// Drops a quarter at once, so that a full cache does not search for its oldest at every insertion.
    private mutating func shrink() {
        let goal = limit - limit / 4
        for (key, entry) in entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
            if cost <= goal { return }
            entries[key] = nil
            cost -= entry.cost
        }
    }
}
