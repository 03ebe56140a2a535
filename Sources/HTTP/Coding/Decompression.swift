internal import CZlib

/// Decodes a body's content coding. RFC 9110 section 8.4.1.
public enum Decompression {
    /// The supported codings, as listed in `Accept-Encoding`.
    public static let codings = "gzip, deflate"

    public enum Failure: Error, Equatable {
        case unknownCoding
        case malformed
        /// The result would exceed the limit.
        case tooLarge
    }

    /// - Parameters:
    ///   - codings: What `Content-Encoding` lists. Stacked codings are refused: only attackers send them.
    ///   - limit: The most bytes the result may have. No more are produced, however large it would be.
    public static func decode(_ body: [UInt8], codings: [String], limit: Int) throws(Failure) -> [UInt8] {
        let codings = codings.map { $0.lowercased() }.filter { $0 != "identity" }
        guard let coding = codings.first else { return body }
        guard codings.count == 1 else { throw .unknownCoding }
        switch coding {
        case "gzip", "x-gzip": return try inflate(body, windowBits: 31, limit)
        case "deflate": return try inflate(body, windowBits: 15, limit)
        default: throw .unknownCoding
        }
    }

    private static func inflate(_ body: [UInt8], windowBits: Int32, _ limit: Int) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        guard zlib_begin_inflating(&stream, windowBits) == Z_OK else { throw .malformed }
        defer { inflateEnd(&stream) }
        var output: [UInt8] = []
        let outcome = body.withUnsafeBufferPointer { input -> Failure? in
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.avail_in = UInt32(clamping: input.count)
            return inflateAll(&stream, into: &output, limit)
        }
        if let outcome { throw outcome }
        return output
    }

    private static func inflateAll(_ stream: inout z_stream, into output: inout [UInt8], _ limit: Int) -> Failure? {
        let piece = 64 * 1024
        while true {
            var status = Z_OK
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: piece) { buffer in
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(piece)
                status = CZlib.inflate(&stream, Z_NO_FLUSH)
                output.append(contentsOf: buffer[..<(piece - Int(stream.avail_out))])
            }
            if output.count > limit { return .tooLarge }
            switch status {
            case Z_OK: continue
            case Z_STREAM_END:
                if stream.avail_in == 0 { return nil }
                // RFC 1952 section 2.2: members may follow one another.
                guard inflateReset(&stream) == Z_OK else { return .malformed }
            // It is truncated or malformed.
            default: return .malformed
            }
        }
    }
}
