package import Postgres

/// A table of the tenants' rows. Its columns are its members: `Opportunity.table.amount`.
@dynamicMemberLookup
package final class Table<R: Record>: Sendable {
    package let name: SQL
    /// Which rows are visible at all, in lists and through relations. The table is `t`.
    package let visible: SQL?
    package let columns: R.Columns
    /// The columns in the order of their declaration, which is that of patches, imports and exports.
    package let all: [Column]
    /// What lists can be sorted and filtered by.
    package let listKeys: ListKeys
    /// The columns that a patch writes.
    package let written: [Column]
    /// For each of `all` its index in `written`, or −1.
    private let places: [Int]
    /// Locks a visible row against changes until the transaction ends.
    let hold: Statement<ID<R>, ID<R>>
    /// The declaration's problems, as sentences.
    let problems: [String]

    /// - Parameter filters: Further properties that lists can be filtered by, such as those of related rows.
    package init(_ name: SQL, visible: SQL? = nil, _ columns: R.Columns, filters: [FilterProperty] = []) {
        self.name = name
        self.visible = visible
        self.columns = columns
        let all = Self.columns(in: columns)
        let written = all.filter { $0.writing != nil }
        self.all = all
        self.written = written
        listKeys = ListKeys(sorted: all.flatMap(\.sorting), filtered: all.flatMap(\.filtering) + filters)
        places = all.map { column in written.firstIndex { $0.name == column.name } ?? -1 }
        let condition: SQL = visible.map { " AND \($0)" } ?? ""
        hold = Statement("\(name.text).hold") { id in
            "SELECT t.id FROM \(name) t WHERE t.tenant_id = \(id.tenant) AND t.id = \(id.value)\(condition) FOR KEY SHARE"
        }
        problems = TableCheck.problems(
            name, all, listKeys, isDense: all.count * MemoryLayout<Column>.stride == MemoryLayout<R.Columns>.stride)
    }

    /// The columns of a structure and of the structures within it.
    private static func columns(in group: Any) -> [Column] {
        Mirror(reflecting: group).children.flatMap { child in (child.value as? Column).map { [$0] } ?? columns(in: child.value) }
    }

    /// ` AND ` with the condition of the visible rows, or nothing.
    var andVisible: SQL { visible.map { " AND \($0)" } ?? "" }

    package subscript(dynamicMember path: KeyPath<R.Columns, Column>) -> Column { columns[keyPath: path] }

    /// The index of a column among those a patch writes; −1 if it is not one of them. `Columns` consists only of
    /// columns, so a member's offset identifies it.
    func place(_ path: KeyPath<R.Columns, Column>) -> Int {
        guard let offset = MemoryLayout<R.Columns>.offset(of: path) else { return -1 }
        let index = offset / MemoryLayout<Column>.stride
        return places.indices.contains(index) ? places[index] : -1
    }
}
