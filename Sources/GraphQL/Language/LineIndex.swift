/// Lines and columns of a source text, worked out when an error is shown.
enum LineIndex {
    /// Line and column of a byte's offset, both from 1. A line ends with LF, CR or both; a column is a UTF-16 unit, as clients
    /// written in JavaScript count.
    static func location(of offset: Int, in source: UnsafeBufferPointer<UInt8>) -> GraphQLError.Location {
        var line = 1
        var lineStart = 0
        var index = 0
        let end = min(offset, source.count)
        while index < end {
            let byte = source[index]
            index += 1
            if byte == 0x0D, index < source.count, source[index] == 0x0A {
                guard index < end else { break }
                index += 1
            }
            if byte == 0x0A || byte == 0x0D {
                line += 1
                lineStart = index
            }
        }
        let column = String(decoding: source[lineStart..<max(lineStart, end)], as: UTF8.self).utf16.count + 1
        return GraphQLError.Location(line: line, column: column)
    }

    static func location(of position: SourcePosition, in source: [UInt8]) -> GraphQLError.Location {
        source.withUnsafeBufferPointer { location(of: Int(position.offset), in: $0) }
    }
}
