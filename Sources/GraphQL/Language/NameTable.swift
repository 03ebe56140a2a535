/// Numbers distinct names from 0, in order of first occurrence. A hash table that uses the names' own hashes.
struct NameTable: Sendable {
    private(set) var names: [String] = []
    private var hashes: [UInt32] = []
    /// A power of two in size; −1 marks an empty slot.
    private var slots: [Int32] = []

    init(minimumCapacity: Int = 0) {
        slots = [Int32](repeating: -1, count: Self.slotCount(for: minimumCapacity))
        names.reserveCapacity(minimumCapacity)
        hashes.reserveCapacity(minimumCapacity)
    }

    init(_ names: [String]) {
        self.init(minimumCapacity: names.count)
        for name in names { insert(name, hash: Name.hash(of: name)) }
    }

    private static func slotCount(for count: Int) -> Int {
        var slots = 8
        while slots < count * 2 { slots *= 2 }
        return slots
    }

    var count: Int { names.count }

    /// The number of a name, or nil if it has none.
    @inline(__always)
    func number(of name: String, hash: UInt32) -> Int? {
        let mask = slots.count &- 1
        return slots.withUnsafeBufferPointer { slots in
            var slot = Int(hash) & mask
            while true {
                let number = Int(slots[slot])
                if number < 0 { return nil }
                if hashes[number] == hash, names[number] == name { return number }
                slot = (slot &+ 1) & mask
            }
        }
    }

    @inline(__always)
    func number(of name: Name) -> Int? { number(of: name.value, hash: name.hash) }

    func number(of name: String) -> Int? { number(of: name, hash: Name.hash(of: name)) }

    /// The number of a name, assigned if it has none.
    @discardableResult
    mutating func insert(_ name: String, hash: UInt32) -> Int {
        if let number = number(of: name, hash: hash) { return number }
        if (names.count + 1) * 2 > slots.count { grow() }
        let number = names.count
        names.append(name)
        hashes.append(hash)
        place(number, hash)
        return number
    }

    @inline(__always)
    mutating func insert(_ name: Name) -> Int { insert(name.value, hash: name.hash) }

    private mutating func place(_ number: Int, _ hash: UInt32) {
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] >= 0 { slot = (slot + 1) & mask }
        slots[slot] = Int32(number)
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for (number, hash) in hashes.enumerated() { place(number, hash) }
    }
}

/// Values by name.
struct NamedValues<Value> {
    private var table: NameTable
    private(set) var values: [Value]

    /// Of values with the same name, the first wins.
    init(_ values: [(name: String, value: Value)]) {
        table = NameTable(minimumCapacity: values.count)
        self.values = []
        for (name, value) in values where table.insert(name, hash: Name.hash(of: name)) == self.values.count { self.values.append(value) }
    }

    @inline(__always)
    subscript(_ name: Name) -> Value? { table.number(of: name).map { values[$0] } }

    subscript(_ name: String) -> Value? { table.number(of: name).map { values[$0] } }
}

extension NamedValues: Sendable where Value: Sendable {}
