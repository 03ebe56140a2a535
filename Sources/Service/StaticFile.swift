internal import CustomerOS
internal import HTTP

/// A file that is the same for everybody as long as the program runs: with a validator, so that nobody fetches it twice (RFC 9110
/// section 13), and compressed where that saves something.
struct StaticFile: Sendable {
    /// SHA-256 in hexadecimal.
    let digest: String
    private let bytes: [UInt8]
    private let compressed: [UInt8]?
    private let fields: [HTTPField]

    /// - Parameters:
    ///   - compressed: The bytes in the form of gzip.
    ///   - isImmutable: Whether the file's address carries its digest, so that nobody needs to ask for it again.
    init(bytes: [UInt8], compressed: [UInt8]?, contentType: String, isImmutable: Bool, fields: [HTTPField] = []) {
        self.bytes = bytes
        self.compressed = compressed.flatMap { $0.count < bytes.count ? $0 : nil }
        digest = SHA256.text(bytes)
        self.fields =
            [
                HTTPField("Content-Type", contentType),
                HTTPField("Cache-Control", isImmutable ? "public, max-age=31536000, immutable" : "no-cache"),
            ] + fields
    }

    /// - Parameter compresses: Whether a client may have the compressed form.
    func response(to request: HTTPRequest, compresses: Bool) -> HTTPResponse {
        let compressed = compresses ? compressed : nil
        let form = compressed.flatMap { AcceptEncoding(request).prefersGzip ? $0 : nil }
        // Each form has a validator of its own: they differ to the byte.
        let tag = form == nil ? "\"\(digest)\"" : "\"\(digest)-gzip\""
        var fields = fields + [HTTPField("ETag", tag)]
        if compressed != nil { fields.append(HTTPField("Vary", "Accept-Encoding")) }
        if request.knows(tag) { return HTTPResponse(status: 304, fields: fields) }
        guard let form else { return HTTPResponse(status: 200, fields: fields, body: HTTPBody(bytes)) }
        return HTTPResponse(status: 200, fields: fields + [HTTPField("Content-Encoding", "gzip")], body: HTTPBody(form))
    }
}

extension HTTPRequest {
    /// Whether the client has what an entity tag stands for. RFC 9110 section 13.1.2, where tags are compared weakly.
    fileprivate func knows(_ tag: String) -> Bool {
        list("If-None-Match").contains { $0 == "*" || ($0.hasPrefix("W/") ? String($0.dropFirst(2)) : $0) == tag }
    }
}
