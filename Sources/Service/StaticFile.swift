internal import CustomerOS
internal import HTTP

/// A file that never changes while the program runs: with a validator, so that clients fetch it once (RFC 9110 section
/// 13), and compressed if that saves bytes.
struct StaticFile: Sendable {
    /// SHA-256 in hexadecimal.
    let digest: String
    private let bytes: [UInt8]
    private let compressed: [UInt8]?
    private let fields: [HTTPField]

    /// - Parameters:
    ///   - compressed: The bytes compressed with gzip.
    ///   - isImmutable: Whether the file's URL carries its digest, so that clients need not revalidate it.
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

    /// - Parameter compresses: Whether clients may get the compressed form.
    func response(to request: HTTPRequest, compresses: Bool) -> HTTPResponse {
        let compressed = compresses ? compressed : nil
        let form = compressed.flatMap { AcceptEncoding(request).prefersGzip ? $0 : nil }
        // Each form has its own validator: strong validators are byte for byte.
        let tag = form == nil ? "\"\(digest)\"" : "\"\(digest)-gzip\""
        var fields = fields + [HTTPField("ETag", tag)]
        if compressed != nil { fields.append(HTTPField("Vary", "Accept-Encoding")) }
        if request.knows(tag) { return HTTPResponse(status: 304, fields: fields) }
        guard let form else { return HTTPResponse(status: 200, fields: fields, body: HTTPBody(bytes)) }
        return HTTPResponse(status: 200, fields: fields + [HTTPField("Content-Encoding", "gzip")], body: HTTPBody(form))
    }
}

extension HTTPRequest {
    /// Whether the client has the version with an entity tag. RFC 9110 section 13.1.2, weak comparison.
    fileprivate func knows(_ tag: String) -> Bool {
        list("If-None-Match").contains { $0 == "*" || ($0.hasPrefix("W/") ? String($0.dropFirst(2)) : $0) == tag }
    }
}
