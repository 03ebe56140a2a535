internal import CEmbedded
internal import CustomerOS
internal import HTTP

/// What is served at `/playground`: a page and the files it loads. GraphiQL if the program was built with it (see
/// `playground/`), otherwise a plain form that says how to get it. Nothing is loaded from elsewhere, and all URLs are
/// relative, so that it works behind a proxy that adds a path.
struct Playground: Sendable {
    static let shared = Playground(files: embeddedFiles)

    private let pages: [String: StaticFile]

    /// - Parameter files: The bytes of each file by name.
    init(files: [String: [UInt8]]) {
        var pages: [String: StaticFile] = [:]
        var addresses: [String: String] = [:]
        for (name, bytes) in files where !name.hasSuffix(".html") && !name.hasSuffix(".gz") {
            let file = PlaygroundFile.file(name: name, bytes: bytes, compressed: files[name + ".gz"], isImmutable: true)
            addresses[name] = "playground/\(file.digest.prefix(16))/\(name)"
            pages["/playground/\(file.digest.prefix(16))/\(name)"] = file
        }
        let html = files["graphiql.min.js"] == nil ? "form.html" : "graphiql.html"
        pages["/playground"] = files[html].map {
            PlaygroundFile.file(name: html, bytes: Self.filled($0, with: addresses), isImmutable: false)
        }
        for (path, name) in [("/playground/notices", "notices.txt"), ("/playground/LICENSE", "LICENSE")] {
            pages[path] = files[name].map { PlaygroundFile.file(name: name, bytes: $0, isImmutable: false) }
        }
        self.pages = pages
    }

    /// Nil if there is no such page.
    /// - Parameter compresses: Whether clients may get a compressed form.
    func response(to request: HTTPRequest, compresses: Bool) -> HTTPResponse? {
        // The page's URLs are relative to a path without the slash.
        if request.path == "/playground/" {
            return HTTPResponse(status: 308, text: "Moved to /playground.\n", fields: [HTTPField("Location", "../playground")])
        }
        return pages[request.path]?.response(to: request, compresses: compresses)
    }

    /// The page with the plain URLs, `"playground/NAME"`, replaced by those with digests.
    private static func filled(_ page: [UInt8], with addresses: [String: String]) -> [UInt8] {
        let parts = String(decoding: page, as: UTF8.self).split(separator: "\"", omittingEmptySubsequences: false)
        let filled = parts.map { part -> String in
            guard part.hasPrefix("playground/"), let address = addresses[String(part.dropFirst("playground/".count))] else {
                return String(part)
            }
            return address
        }
        return Array(filled.joined(separator: "\"").utf8)
    }

    private static var embeddedFiles: [String: [UInt8]] {
        let folder = embedded_playground()
        let files = UnsafeBufferPointer(start: folder.files, count: folder.count).map { file in
            (String(cString: file.name), Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
        }
        return Dictionary(files) { first, _ in first }
    }
}
