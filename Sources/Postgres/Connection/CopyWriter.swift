internal import CLibPQ

/// Writes rows into a table in COPY's text format. They are sent piece by piece, so that memory stays at one piece
/// however many there are.
public final class CopyWriter {
    private static let pieceSize = 64 * 1024

    private let handle: OpaquePointer
    private var piece: [UInt8] = []
    private var startsRow = true
    /// How many rows were completed.
    public private(set) var rowCount = 0

    init(_ handle: OpaquePointer) {
        self.handle = handle
        piece.reserveCapacity(Self.pieceSize * 2)
    }

    /// Adds the next value of the row, in PostgreSQL's text form; nil is null. The server refuses the whole copy if a
    /// value contains U+0000.
    public func append(_ text: String?) {
        if startsRow { startsRow = false } else { piece.append(UInt8(ascii: "\t")) }
        guard var text else { return piece.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "N")]) }
        text.withUTF8 { bytes in
            if bytes.contains(where: Self.needsEscape) {
                for byte in bytes { appendEscaped(byte) }
            } else {
                piece.append(contentsOf: bytes)
            }
        }
    }

    /// Adds a whole row.
    /// - Throws: `BlockingConnection.Failure` if the connection is lost.
    public func append(row values: [String?]) throws(BlockingConnection.Failure) {
        for value in values { append(value) }
        try endRow()
    }

    /// Ends the current row.
    /// - Throws: `BlockingConnection.Failure` if the connection is lost.
    public func endRow() throws(BlockingConnection.Failure) {
        piece.append(UInt8(ascii: "\n"))
        startsRow = true
        rowCount += 1
        if piece.count >= Self.pieceSize { try flush() }
    }

    func flush() throws(BlockingConnection.Failure) {
        guard !piece.isEmpty else { return }
        let sent = piece.withUnsafeBytes { bytes in
            PQputCopyData(handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
        }
        guard sent == 1 else { throw BlockingConnection.Failure(handle) }
        piece.removeAll(keepingCapacity: true)
    }

    private static func needsEscape(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\\") || byte < 0x20 }

    /// PostgreSQL's manual, COPY, "Text Format".
    private func appendEscaped(_ byte: UInt8) {
        let letter: UInt8? =
            switch byte {
            case UInt8(ascii: "\\"): byte
            case 0x08: UInt8(ascii: "b")
            case 0x09: UInt8(ascii: "t")
            case 0x0A: UInt8(ascii: "n")
            case 0x0B: UInt8(ascii: "v")
            case 0x0C: UInt8(ascii: "f")
            case 0x0D: UInt8(ascii: "r")
            default: nil
            }
        if letter != nil { piece.append(UInt8(ascii: "\\")) }
        piece.append(letter ?? byte)
    }
}
