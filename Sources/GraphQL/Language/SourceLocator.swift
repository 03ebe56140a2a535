/// Works out lines and columns. A line ends with LF, CR or CRLF; a column counts UTF-16 units, both start at 1.
public struct SourceLocator {
    /// The offsets at which lines start.
    private let lineStarts: [Int]
    private let source: [UInt8]

    public init(_ source: [UInt8]) {
        self.source = source
        var starts = [0]
        var index = 0
        let count = source.count
        source.withUnsafeBufferPointer { bytes in
            while index < count {
                let byte = bytes[index]
                index += 1
                if byte == UInt8(ascii: "\n") {
                    starts.append(index)
                } else if byte == UInt8(ascii: "\r") {
                    if index < count, bytes[index] == UInt8(ascii: "\n") { index += 1 }
                    starts.append(index)
                }
            }
        }
        lineStarts = starts
    }

    /// The place of the byte at `offset`; an offset past the end is the end.
    public func location(of offset: Int) -> GraphQLError.Location {
        let offset = min(max(offset, 0), source.count)
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        var column = 1
        var index = lineStarts[low]
        while index < offset {
            let byte = source[index]
            // Continuation bytes count nothing; a scalar of four bytes is two UTF-16 units.
            if byte & 0xC0 != 0x80 { column += byte >= 0xF0 ? 2 : 1 }
            index += 1
        }
        return GraphQLError.Location(line: low + 1, column: column)
    }

    public func location(of position: SourcePosition) -> GraphQLError.Location { location(of: Int(position.offset)) }
}
