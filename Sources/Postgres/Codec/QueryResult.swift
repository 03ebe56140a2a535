internal import CLibPQ

/// The rows that a statement returned, in text form, in libpq's memory.
public final class QueryResult: @unchecked Sendable {
    private let result: OpaquePointer
    public let rowCount: Int
    public let columnCount: Int

    /// Takes ownership of `result`.
    init(_ result: OpaquePointer) {
        self.result = result
        rowCount = Int(PQntuples(result))
        columnCount = Int(PQnfields(result))
    }

    deinit { PQclear(result) }

    /// Bytes that libpq holds for the rows.
    public var memoryBytes: Int { Int(PQresultMemorySize(result)) }

    /// The bytes of a value, valid as long as the result lives; nil if it is null or there is no such row or column.
    public subscript(row: Int, column: Int) -> UnsafeBufferPointer<UInt8>? {
        guard row >= 0, row < rowCount, column >= 0, column < columnCount else { return nil }
        let (row, column) = (Int32(truncatingIfNeeded: row), Int32(truncatingIfNeeded: column))
        guard let start = PQgetvalue(result, row, column) else { return nil }
        let count = Int(PQgetlength(result, row, column))
        if count == 0, PQgetisnull(result, row, column) == 1 { return nil }
        return UnsafeBufferPointer(start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self), count: count)
    }

    /// What the server reports as done: `COMMIT`, `INSERT 0 1`.
    var commandTag: String { String(cString: PQcmdStatus(result)) }

    /// How many rows an INSERT, UPDATE or DELETE wrote.
    public var affectedRows: Int { PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// The value as text, or nil if it is null.
    public func text(_ row: Int, _ column: Int) -> String? {
        self[row, column].map { String(decoding: $0, as: UTF8.self) }
    }
}
