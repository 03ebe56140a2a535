/// A type that a result's cell can be read as.
package protocol CellValue: Sendable {
    /// The value of a cell in PostgreSQL's text form, nil for a null cell; returns nil if it is not such a value.
    static func read(_ cell: UnsafeBufferPointer<UInt8>?) -> Self?
}

extension String: CellValue {
    package static func read(_ cell: UnsafeBufferPointer<UInt8>?) -> String? { cell.map { String(decoding: $0, as: UTF8.self) } }
}

extension Bool: CellValue {
    package static func read(_ cell: UnsafeBufferPointer<UInt8>?) -> Bool? {
        guard let cell, cell.count == 1 else { return nil }
        switch cell[0] {
        case UInt8(ascii: "t"): return true
        case UInt8(ascii: "f"): return false
        default: return nil
        }
    }
}

extension Int64: CellValue {
    package static func read(_ cell: UnsafeBufferPointer<UInt8>?) -> Int64? { String.read(cell).flatMap { Int64($0) } }
}

extension Double: CellValue {
    package static func read(_ cell: UnsafeBufferPointer<UInt8>?) -> Double? { String.read(cell).flatMap { Double($0) } }
}

extension Optional: CellValue where Wrapped: CellValue {
    package static func read(_ cell: UnsafeBufferPointer<UInt8>?) -> Wrapped?? {
        guard let cell else { return .some(nil) }
        return Wrapped.read(cell).map(Optional.some)
    }
}
