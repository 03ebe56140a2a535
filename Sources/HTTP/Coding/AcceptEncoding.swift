/// What a client says of the content codings that it takes. RFC 9110 section 12.5.3.
public struct AcceptEncoding {
    /// In thousandths, by coding in lower case.
    private var weights: [String: Int] = [:]

    public init(_ request: HTTPRequest) {
        for element in request.list("Accept-Encoding") {
            let parts = element.split(separator: ";").map { $0.trimmed.lowercased() }
            guard let coding = parts.first else { continue }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            // Not for what is no number, either.
            weights[coding] = quality >= 0 ? Int(min(quality, 1) * 1000) : 0
        }
    }

    /// Whether "gzip" is taken, and not less gladly than a body as it is.
    public var prefersGzip: Bool {
        let gzip = weights["gzip"] ?? weights["x-gzip"] ?? weights["*"] ?? 0
        return gzip > 0 && gzip >= weights["identity"] ?? 0
    }
}
