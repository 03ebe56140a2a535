/// Computes lines and columns. A line ends with LF, CR or CRLF; a column counts UTF-16 units; both start at 1.
public struct SourceLocator {
    /// The offsets at which lines start.
    private let lineStarts: [Int]
    /// The number of UTF-16 units before every `stride` bytes: a line may be as long as the text, and have many errors.
    private let unitCounts: [Int]
    private let source: [UInt8]

    private static let stride = 256

    public init(_ source: [UInt8]) {
        self.source = source
        var starts = [0]
        var counts: [Int] = []
        counts.reserveCapacity(source.count / Self.stride + 1)
        var units = 0
        source.withUnsafeBufferPointer { bytes in
            for index in bytes.indices {
                if index % Self.stride == 0 { counts.append(units) }
                let byte = bytes[index]
                units += Self.units(byte)
                if byte == UInt8(ascii: "\n") {
                    starts.append(index + 1)
                } else if byte == UInt8(ascii: "\r"), index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n") {
                    starts.append(index + 1)
                }
            }
        }
        lineStarts = starts
        unitCounts = counts
    }

    /// The location of the byte at `offset`; an offset past the end means the end.
    public func location(of offset: Int) -> GraphQLError.Location {
        let offset = min(max(offset, 0), source.count)
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return GraphQLError.Location(line: low + 1, column: units(before: offset) - units(before: lineStarts[low]) + 1)
    }

    public func location(of position: SourcePosition) -> GraphQLError.Location { location(of: Int(position.offset)) }

    private func units(before offset: Int) -> Int {
        guard !unitCounts.isEmpty else { return 0 }
        let place = min(offset / Self.stride, unitCounts.count - 1)
        return source[place * Self.stride..<offset].reduce(unitCounts[place]) { $0 + Self.units($1) }
    }

    /// Continuation bytes count zero; a four-byte scalar is two UTF-16 units.
    @inline(__always)
    private static func units(_ byte: UInt8) -> Int { byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1 }
}
