/// Which UUID came as the how manyth: a hash table for as many as are known beforehand. That of the standard library hashes with more care
/// than ids need that this server has made itself.
struct UUIDTable {
    /// Another one in each process, so that nobody can choose ids that share a slot.
    private static let multiplier = UInt64.random(in: 0...UInt64.max) | 1

    private var keys: [UUIDKey]
    /// The places, or −1 where a slot is free.
    private var places: [Int32]
    private let mask: Int
    private(set) var count = 0

    /// - Parameter capacity: The most keys there will be.
    init(capacity: Int) {
        var slots = 8
        while slots < capacity * 2 { slots *= 2 }
        keys = [UUIDKey](repeating: .zero, count: slots)
        places = [Int32](repeating: -1, count: slots)
        mask = slots - 1
    }

    var isEmpty: Bool { count == 0 }

    /// The place of a key, or −1 when it is not there.
    subscript(_ key: UUIDKey) -> Int32 { places[slot(of: key)] }

    /// The place of a key, which is the next one if the key is new.
    mutating func insert(_ key: UUIDKey) -> Int32 {
        let slot = slot(of: key)
        if places[slot] < 0 {
            keys[slot] = key
            places[slot] = Int32(count)
            count += 1
        }
        return places[slot]
    }

    /// Where the key is, or else the free slot where it belongs. Half of the slots are always free.
    private func slot(of key: UUIDKey) -> Int {
        let product = (key.high ^ key.low &* Self.multiplier).multipliedFullWidth(by: Self.multiplier)
        var slot = Int(truncatingIfNeeded: product.high ^ product.low) & mask
        while places[slot] >= 0, keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }
}
