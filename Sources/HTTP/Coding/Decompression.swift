internal import CZlib

/// Takes back what a content coding has done to a body. RFC 9110 section 8.4.1.
public enum Decompression {
    /// The codings that can be taken back, as `Accept-Encoding` lists them.
    public static let codings = "gzip, deflate"

    public enum Failure: Error, Equatable {
        case unknownCoding
        case malformed
        /// There would be more than the limit.
        case tooLarge
    }

    /// - Parameters:
    ///   - codings: What `Content-Encoding` lists. One over the other is not taken back: nobody sends that but to make work.
    ///   - limit: How many bytes the result may have. No more are made, however many would come.
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
                // RFC 1952 section 2.2: one member may follow the other.
                guard inflateReset(&stream) == Z_OK else { return .malformed }
            // It ends too early, or is no such thing.
            default: return .malformed
            }
        }
    }
}
