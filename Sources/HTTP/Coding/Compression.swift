internal import CZlib

/// Compresses a body piece by piece, as the content coding "gzip" (RFC 1952).
public final class Compression {
    private var stream = z_stream()
    private let isReady: Bool
    /// The output so far.
    public private(set) var output = HTTPBody()
    private var piece: [UInt8] = []
    private static let pieceSize = 64 * 1024

    /// - Parameter level: From 1 (fastest) to 9 (smallest).
    public init(level: Int) {
        isReady = zlib_begin_deflating(&stream, Int32(clamping: level), 31) == Z_OK
    }

    deinit { if isReady { deflateEnd(&stream) } }

    /// Takes the next piece.
    /// - Returns: False if memory is short; the output is then useless.
    public func add(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> Bool {
        guard isReady else { return false }
        stream.next_in = UnsafeMutablePointer(mutating: bytes.assumingMemoryBound(to: UInt8.self).baseAddress)
        stream.avail_in = UInt32(clamping: bytes.count)
        guard deflateAll(isLast ? Z_FINISH : Z_NO_FLUSH) else { return false }
        if isLast { finishPiece() }
        return true
    }

    private func deflateAll(_ flush: Int32) -> Bool {
        let room = 16 * 1024
        var status = Z_OK
        repeat {
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { buffer in
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(room)
                status = deflate(&stream, flush)
                piece.append(contentsOf: buffer[..<(room - Int(stream.avail_out))])
            }
            if piece.count >= Self.pieceSize { finishPiece() }
        } while status == Z_OK && stream.avail_out == 0
        return flush == Z_FINISH ? status == Z_STREAM_END : status == Z_OK || status == Z_BUF_ERROR
    }

    private func finishPiece() {
        output.append(.array(piece))
        piece = []
    }

    /// All of `bytes`, compressed; nil if memory is short.
    public static func compress(_ bytes: [UInt8], level: Int) -> [UInt8]? {
        let compression = Compression(level: level)
        guard bytes.withUnsafeBytes({ compression.add($0, isLast: true) }) else { return nil }
        return compression.output.joined
    }
}
