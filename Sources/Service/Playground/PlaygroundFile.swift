internal import HTTP

/// Makes a file of the playground, with its header fields.
enum PlaygroundFile {
    /// - Parameter compressed: The form compressed at build time; nil compresses here.
    static func file(name: String, bytes: [UInt8], compressed: [UInt8]? = nil, isImmutable: Bool) -> StaticFile {
        StaticFile(
            bytes: bytes, compressed: compressed ?? Compression.compress(bytes, level: 6), contentType: contentType(of: name),
            isImmutable: isImmutable,
            fields: [
                HTTPField("Content-Security-Policy", contentSecurityPolicy), HTTPField("X-Content-Type-Options", "nosniff"),
                HTTPField("Referrer-Policy", "no-referrer"),
            ])
    }

    /// The one style that GraphiQL injects: it keeps the page from scrolling behind an open dialog.
    private static let scrollLock = "'sha256-Y/huXlwoYkVyQlxwSVcCi1RCDGDCSVBzDt0hYP9qlTc='"

    /// The two style attributes that the editor's search field sets.
    private static let searchField =
        "'unsafe-hashes' 'sha256-H22cvujYHDQPJvzf4ie16OHKC3HsNj7RmRT3jO07Y/U=' 'sha256-Eaamrrh0b5a/naRsV/zg7s6+kGvexMXZQARWP6ukkg4='"

    /// Decision 17 explains each part.
    static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self' \(scrollLock) \(searchField)", "connect-src 'self'",
        "font-src data:", "img-src data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

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
