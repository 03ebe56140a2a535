internal import CustomerOS
internal import HTTP

/// A file of the playground, with the header fields it is served with.
struct PlaygroundFile: Sendable {
    /// SHA-256 in hexadecimal.
    let digest: String
    private let bytes: [UInt8]
    private let fields: [HTTPField]

    /// - Parameter isImmutable: Whether the file's address carries its digest, so that nobody needs to ask for it again.
    init(name: String, bytes: [UInt8], isImmutable: Bool) {
        self.bytes = bytes
        digest = SHA256.text(bytes)
        fields = [
            HTTPField("Content-Type", Self.contentType(of: name)),
            HTTPField("Cache-Control", isImmutable ? "public, max-age=31536000, immutable" : "no-cache"),
            HTTPField("ETag", "\"\(digest)\""),
            HTTPField("Content-Security-Policy", Self.contentSecurityPolicy),
            HTTPField("X-Content-Type-Options", "nosniff"),
            HTTPField("Referrer-Policy", "no-referrer"),
        ]
    }

    /// The one style that GraphiQL writes into the page by itself: it keeps the page from scrolling below an open window.
    private static let scrollLock = "'sha256-Y/huXlwoYkVyQlxwSVcCi1RCDGDCSVBzDt0hYP9qlTc='"

    /// The two style attributes that the search field of the editor writes.
    private static let searchField =
        "'unsafe-hashes' 'sha256-H22cvujYHDQPJvzf4ie16OHKC3HsNj7RmRT3jO07Y/U=' 'sha256-Eaamrrh0b5a/naRsV/zg7s6+kGvexMXZQARWP6ukkg4='"

    /// Decision 17 says why each part is as it is.
    static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self' \(scrollLock) \(searchField)", "connect-src 'self'",
        "font-src data:", "img-src data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    func response(to request: HTTPRequest) -> HTTPResponse {
        let isKnown = request.allFields("If-None-Match").contains { $0 == "*" || $0.contains(digest) }
        return isKnown
            ? HTTPResponse(status: 304, fields: fields) : HTTPResponse(status: 200, fields: fields, body: bytes)
    }

    private static func contentType(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "graphql": "application/graphql; charset=utf-8"
        default: "text/plain; charset=utf-8"
        }
    }
}
