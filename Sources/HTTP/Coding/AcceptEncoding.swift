/// The content codings that a client accepts. RFC 9110 section 12.5.3.
public struct AcceptEncoding {
    /// In thousandths, keyed by coding in lower case.
    private var weights: [String: Int] = [:]

    public init(_ request: HTTPRequest) {
        for element in request.list("Accept-Encoding") {
            let parts = element.split(separator: ";").map { $0.trimmed.lowercased() }
            guard let coding = parts.first else { continue }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            // What is not a number counts as 0 too.
            weights[coding] = quality >= 0 ? Int(min(quality, 1) * 1000) : 0
        }
    }

    /// Whether "gzip" is accepted, and preferred at least as much as "identity".
    public var prefersGzip: Bool {
        let gzip = weights["gzip"] ?? weights["x-gzip"] ?? weights["*"] ?? 0
        return gzip > 0 && gzip >= weights["identity"] ?? 0
    }
}
