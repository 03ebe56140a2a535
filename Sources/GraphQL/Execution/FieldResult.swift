/// The result of resolving a field for all of its parents.
///
/// A result has *items*, each a row of one of its parts, a null or a failure. Without list levels, item *i* belongs to
/// parent *i*. A list field has one level whose offsets say which items belong to which parent; a list of lists has
/// two, the first from parents to inner lists, the second from those to items.
public final class FieldResult {
    /// A row of a part; or null, or a failure in place of a value.
    public struct Item: Equatable {
        public let part: Int32
        /// At least 0: a row. −1: null. Less: the failure `failures[-2 - row]`.
        public let row: Int32

        @inlinable
        public init(part: Int = 0, row: Int) {
            self.part = Int32(truncatingIfNeeded: part)
            self.row = Int32(truncatingIfNeeded: row)
        }

        public static var null: Item { Item(row: -1) }
        public static func failure(_ index: Int) -> Item { Item(row: -2 - index) }
    }

    /// Rows of one object type. A leaf's result has one part with one column and `type` nil.
    public struct Part {
        public var type: ObjectType?
        public var rows: RowBatch
        /// Results of fields with the binding `nested`, by `PlannedField.index`; their parents are this part's rows.
        public var nested: [Int: FieldResult]

        public init(type: ObjectType?, rows: RowBatch, nested: [Int: FieldResult] = [:]) {
            self.type = type
            self.rows = rows
            self.nested = nested
        }
    }

    /// One level of lists.
    public struct ListLevel {
        /// `offsets[i] ..< offsets[i + 1]` are the elements of list `i`.
        public var offsets: [Int32]
        /// Empty if every list is present. Otherwise, per list: 0 is present, −1 null, less the failure `failures[-2 -
        /// state]`.
        public var states: [Int32]

        public init(offsets: [Int32], states: [Int32] = []) {
            self.offsets = offsets
            self.states = states
        }
    }

    @exclusivity(unchecked) public var parts: [Part]
    @exclusivity(unchecked) public var items: [Item]
    @exclusivity(unchecked) public var lists: [ListLevel]
    public var failures: [FieldError]
    /// Errors that leave the value intact: the parent and the error.
    public var remarks: [(parent: Int, error: FieldError)] = []

    public init(parts: [Part], items: [Item], lists: [ListLevel] = [], failures: [FieldError] = []) {
        self.parts = parts
        self.items = items
        self.lists = lists
        self.failures = failures
    }

    /// The same failure for each of `parents` parents.
    public static func failure(_ error: FieldError, parents: Int, isList: Bool) -> FieldResult {
        if isList {
            let level = ListLevel(
                offsets: [Int32](repeating: 0, count: parents + 1), states: [Int32](repeating: -2, count: parents))
            return FieldResult(parts: [], items: [], lists: [level], failures: [error])
        }
        return FieldResult(parts: [], items: [Item](repeating: .failure(0), count: parents), failures: [error])
    }
}
