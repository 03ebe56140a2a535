/// One value of a row, as UTF-8 text that the batch's owner keeps alive.
public struct Cell {
    /// Nil if the value is null.
    public let start: UnsafePointer<UInt8>?
    public let count: Int

    @inlinable
    public init(start: UnsafePointer<UInt8>?, count: Int) {
        self.start = start
        self.count = count
    }

    public static var null: Cell { Cell(start: nil, count: 0) }

    @inlinable public var isNull: Bool { start == nil }

    @inlinable public var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    /// The text, or nil if the value is null.
    public var text: String? { start == nil ? nil : String(decoding: bytes, as: UTF8.self) }
}

/// Rows of one object type as they came from their source: a table of cells, row by row.
///
/// The executor writes leaf fields straight from the cells; no object is built for a row. The bytes belong to `owner`,
/// which lives as long as the batch.
public final class RowBatch {
    public let rowCount: Int
    public let columnCount: Int
    /// `rowCount * columnCount` cells, all initialized by the batch's creator.
    public let cells: UnsafeMutablePointer<Cell>
    let owner: AnyObject?

    public init(rowCount: Int, columnCount: Int, owner: AnyObject?) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.owner = owner
        cells = .allocate(capacity: max(1, rowCount * columnCount))
        cells.initialize(repeating: .null, count: max(1, rowCount * columnCount))
    }

    deinit { cells.deallocate() }

    @inlinable
    public subscript(row: Int, column: Int) -> Cell {
        get { cells[row &* columnCount &+ column] }
        set { cells[row &* columnCount &+ column] = newValue }
    }
}
