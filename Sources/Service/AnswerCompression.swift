internal import HTTP
internal import Memory

/// Compresses answers for clients that accept it (decision 25).
struct AnswerCompression: Sendable {
    /// Bodies below this many bytes are not worth compressing.
    let threshold: Int
    /// zlib's level; 0 turns compression off.
    let level: Int

    /// Whether another client might get another form of `response`.
    func concerns(_ response: HTTPResponse) -> Bool {
        level > 0 && response.body.count >= threshold
            && !response.fields.contains { $0.name == "Content-Encoding" || $0.name == "ETag" }
    }

    /// Bytes compressed before yielding to other tasks.
    private static let turnBytes = 256 * 1024

    /// The form that the client accepts. Compressed in pieces, yielding in between: a large answer takes a tenth of a
    /// second.
    func form(of response: HTTPResponse, for request: HTTPRequest) async -> HTTPResponse {
        var response = response
        response.fields.append(HTTPField("Vary", "Accept-Encoding"))
        guard AcceptEncoding(request).prefersGzip else { return response }
        let compression = Compression(level: level)
        let pieces = response.body.pieces
        for (index, piece) in pieces.enumerated() {
            for start in stride(from: 0, to: piece.count, by: Self.turnBytes) {
                if index + start > 0 { await Task.yield() }
                let end = min(start + Self.turnBytes, piece.count)
                let isLast = index + 1 == pieces.count && end == piece.count
                let isTaken = piece.withBytes { compression.add(UnsafeRawBufferPointer(rebasing: $0[start..<end]), isLast: isLast) }
                guard isTaken, response.memory?.resize(.answers, to: response.body.count + compression.output.count) ?? true else {
                    response.memory?.shrink(.answers, to: response.body.count)
                    return response
                }
            }
        }
        response.body = compression.output
        response.memory?.shrink(.answers, to: response.body.count)
        response.fields.append(HTTPField("Content-Encoding", "gzip"))
        return response
    }
}
