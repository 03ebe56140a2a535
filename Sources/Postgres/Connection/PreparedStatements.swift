/// Which statements are prepared on a connection, under which names.
struct PreparedStatements {
    private struct Entry {
        let name: String
        var lastUse: UInt64
    }

    private var entries: [String: Entry] = [:]
    private var uses: UInt64 = 0

    /// The name for a statement's text, and whether the statement must be prepared first.
    mutating func name(for text: String) -> (name: String, isNew: Bool) {
        uses += 1
        if let index = entries.index(forKey: text) {
            entries.values[index].lastUse = uses
            return (entries.values[index].name, false)
        }
        let name = "s\(uses)"
        entries[text] = Entry(name: name, lastUse: uses)
        return (name, true)
    }

    mutating func forget(_ text: String) { entries[text] = nil }

    /// Takes out the statement that has not been used for longest when there are more than `limit`.
    mutating func evict(above limit: Int) -> String? {
        guard entries.count > limit, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return nil }
        entries[oldest.key] = nil
        return oldest.value.name
    }
}
