/// A hash table from UUIDs to their order of insertion, with a fixed capacity. The standard library's hashes more
/// thoroughly than ids made by this server need.
struct UUIDTable {
    /// Random per process, so that clients cannot choose ids that collide.
    private static let multiplier = UInt64.random(in: 0...UInt64.max) | 1

    private var keys: [UUIDKey]
    /// The indexes, or −1 in free slots.
    private var places: [Int32]
    private let mask: Int
    private(set) var count = 0

    /// - Parameter capacity: The maximum number of keys.
    init(capacity: Int) {
        var slots = 8
        while slots < capacity * 2 { slots *= 2 }
        keys = [UUIDKey](repeating: .zero, count: slots)
        places = [Int32](repeating: -1, count: slots)
        mask = slots - 1
    }

    var isEmpty: Bool { count == 0 }

    /// The index of a key, or −1 if missing.
    subscript(_ key: UUIDKey) -> Int32 { places[slot(of: key)] }

    /// The index of a key; a new key gets the next one.
    mutating func insert(_ key: UUIDKey) -> Int32 {
        let slot = slot(of: key)
        if places[slot] < 0 {
            keys[slot] = key
            places[slot] = Int32(count)
            count += 1
        }
        return places[slot]
    }

    /// The key's slot, or the free slot where it belongs. At least half of the slots are free.
    private func slot(of key: UUIDKey) -> Int {
        let product = (key.high ^ key.low &* Self.multiplier).multipliedFullWidth(by: Self.multiplier)
        var slot = Int(truncatingIfNeeded: product.high ^ product.low) & mask
        while places[slot] >= 0, keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }
}
