/// The content of a response, in pieces that may be shared: none is copied on its way to the client.
public struct HTTPBody: Sendable {
    /// Bytes that neither change nor move as long as the piece is held.
    public enum Piece: @unchecked Sendable {
        case array([UInt8])
        /// Bytes that live as long as their owner.
        case memory(UnsafeRawBufferPointer, owner: AnyObject)

        public var count: Int {
            switch self {
            case .array(let bytes): bytes.count
            case .memory(let bytes, _): bytes.count
            }
        }

        public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
            switch self {
            case .array(let bytes): bytes.withUnsafeBytes(body)
            case .memory(let bytes, let owner): withExtendedLifetime(owner) { body(bytes) }
            }
        }
    }

    public private(set) var pieces: [Piece] = []
    /// Bytes of all pieces.
    public private(set) var count = 0

    public init() {}

    public init(_ bytes: [UInt8]) { append(.array(bytes)) }

    /// All pieces copied into one array.
    public var joined: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for piece in pieces { piece.withBytes { bytes.append(contentsOf: $0) } }
        return bytes
    }

    public mutating func append(_ piece: Piece) {
        guard piece.count > 0 else { return }
        pieces.append(piece)
        count += piece.count
    }
}
