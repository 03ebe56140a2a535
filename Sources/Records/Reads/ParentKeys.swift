package import GraphQL
package import Postgres

/// The distinct ids by which the parents of a call are looked up, and which parent has which.
package struct ParentKeys {
    /// For every parent the index of its key among the distinct ones, or −1 if it has none.
    private var places: [Int32] = []
    private var index: UUIDTable
    /// The distinct keys as the text of a PostgreSQL array.
    package private(set) var arrayText = "{"

    package var isEmpty: Bool { index.isEmpty }
    package var count: Int { index.count }

    package init(_ call: FieldCall, column: Int) {
        let count = call.parents.rowCount
        places.reserveCapacity(count)
        index = UUIDTable(capacity: count)
        var text: [UInt8] = []
        text.reserveCapacity(count * 37 + 2)
        text.append(UInt8(ascii: "{"))
        for row in 0..<count {
            let cell = call.parentCell(row, column)
            guard let key = UUIDKey(cell.bytes) else {
                places.append(-1)
                continue
            }
            let known = index.count
            let place = index.insert(key)
            places.append(place)
            guard index.count > known else { continue }
            if place > 0 { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: cell.bytes)
        }
        text.append(UInt8(ascii: "}"))
        arrayText = String(decoding: text, as: UTF8.self)
    }

    /// Assigns every parent its rows. The first column of `keyed` is the key of each row of `rows`.
    package func result(of rows: RowBatch, keyed: QueryResult?, type: ObjectType?, isList: Bool) -> FieldResult {
        let parts = [FieldResult.Part(type: type, rows: rows)]
        let owners = ownersOfRows(keyed, count: rows.rowCount)
        return isList ? list(parts, owners) { FieldResult.Item(row: $0) } : single(parts, owners) { FieldResult.Item(row: $0) }
    }

    /// Assigns every parent its objects, possibly of several types: `items[i]` belongs to the parents whose key is that
    /// of row `i` of `keyed`. Nil items are dropped.
    package func result(of parts: [FieldResult.Part], items: [FieldResult.Item?], keyed: QueryResult, isList: Bool) -> FieldResult {
        var owners = ownersOfRows(keyed, count: items.count)
        for (row, item) in items.enumerated() where item == nil { owners[row] = -1 }
        return isList ? list(parts, owners) { items[$0] ?? .null } : single(parts, owners) { items[$0] ?? .null }
    }

    /// For every row the index of its key, or −1 if no parent has it.
    private func ownersOfRows(_ keyed: QueryResult?, count: Int) -> [Int32] {
        guard let keyed else { return [] }
        return (0..<count).map { row in
            guard let bytes = keyed[row, 0], let key = UUIDKey(bytes) else { return -1 }
            return index[key]
        }
    }

    private func single(_ parts: [FieldResult.Part], _ owners: [Int32], _ item: (Int) -> FieldResult.Item) -> FieldResult {
        var rowOfPlace = [Int32](repeating: -1, count: index.count)
        for (row, owner) in owners.enumerated() where owner >= 0 && rowOfPlace[Int(owner)] < 0 {
            rowOfPlace[Int(owner)] = Int32(row)
        }
        let items = places.map { place in
            place < 0 || rowOfPlace[Int(place)] < 0 ? FieldResult.Item.null : item(Int(rowOfPlace[Int(place)]))
        }
        return FieldResult(parts: parts, items: items)
    }

    /// A counting sort by parent, which keeps the statement's order within a parent.
    private func list(_ parts: [FieldResult.Part], _ owners: [Int32], _ item: (Int) -> FieldResult.Item) -> FieldResult {
        var starts = [Int32](repeating: 0, count: index.count + 1)
        for owner in owners where owner >= 0 { starts[Int(owner) + 1] += 1 }
        for place in 0..<index.count { starts[place + 1] += starts[place] }
        var sorted = [Int32](repeating: 0, count: Int(starts[index.count]))
        var next = starts
        for (row, owner) in owners.enumerated() where owner >= 0 {
            sorted[Int(next[Int(owner)])] = Int32(row)
            next[Int(owner)] += 1
        }
        var items: [FieldResult.Item] = []
        items.reserveCapacity(sorted.count)
        var offsets: [Int32] = [0]
        offsets.reserveCapacity(places.count + 1)
        for place in places {
            if place >= 0 {
                for index in starts[Int(place)]..<starts[Int(place) + 1] { items.append(item(Int(sorted[Int(index)]))) }
            }
            offsets.append(Int32(items.count))
        }
        return FieldResult(parts: parts, items: items, lists: [FieldResult.ListLevel(offsets: offsets)])
    }
}
