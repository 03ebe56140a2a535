import GraphQL

/// The lines of a text, found in the plainest way, to check the locations of errors.
struct PlainLines {
    private let lengths: [Int]

    init(_ source: [UInt8]) {
        var lengths = [0]
        var isAfterReturn = false
        for byte in source {
            switch byte {
            case 0x0A where isAfterReturn: break
            case 0x0A, 0x0D: lengths.append(0)
            default: lengths[lengths.count - 1] += 1
            }
            isAfterReturn = byte == 0x0D
        }
        self.lengths = lengths
    }

    /// Whether a location is on a character of a line, or right after its last one.
    func contain(_ location: GraphQLError.Location) -> Bool {
        lengths.indices.contains(location.line - 1) && (1...lengths[location.line - 1] + 1).contains(location.column)
    }
}
