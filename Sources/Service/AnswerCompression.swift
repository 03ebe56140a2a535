internal import HTTP

/// Compresses answers for clients that ask for it (decision 25).
struct AnswerCompression: Sendable {
    /// Bytes of a body below which compressing is not worth it.
    let threshold: Int
    /// As zlib has it; 0 compresses nothing.
    let level: Int

    /// Whether there would be another form of `response` for another client.
    func concerns(_ response: HTTPResponse) -> Bool {
        level > 0 && response.body.count >= threshold
            && !response.fields.contains { $0.name == "Content-Encoding" || $0.name == "ETag" }
    }

    /// The form that the client takes. In pieces, between which others have their turn: a large answer takes a tenth of a second.
    func form(of response: HTTPResponse, for request: HTTPRequest) async -> HTTPResponse {
        var response = response
        response.fields.append(HTTPField("Vary", "Accept-Encoding"))
        guard AcceptEncoding(request).prefersGzip else { return response }
        let compression = Compression(level: level)
        var start = 0
        while start < response.body.count {
            if start > 0 { await Task.yield() }
            let end = min(start + 256 * 1024, response.body.count)
            guard compression.add(response.body[start..<end], isLast: end == response.body.count) else { return response }
            start = end
        }
        response.body = compression.output
        response.fields.append(HTTPField("Content-Encoding", "gzip"))
        return response
    }
}
