internal import HTTP

/// Which pages from other origins may use the API. Fetch Standard section 3.2, "CORS protocol".
struct CrossOrigin: Sendable {
    private let origins: Set<String>
    private let allowsAll: Bool

    /// - Parameter list: Origins separated by commas, `*` for all; empty for none.
    init(_ list: String) {
        let words = list.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
        allowsAll = words.contains("*")
        origins = Set(words.map { $0.lowercased() })
    }

    /// What is wrong with a list, as the end of a sentence, or nil: an origin is a scheme and a host, with a port
    /// unless it is the scheme's default, and nothing after.
    static func problem(with list: String) -> String? {
        for word in list.split(separator: ",").map(\.trimmed) where !word.isEmpty && word != "*" {
            let parts = word.split(separator: ":", maxSplits: 1)
            let rest = parts.count == 2 ? parts[1].dropFirst(2) : ""
            let isOrigin =
                parts.count == 2 && parts[1].hasPrefix("//") && !rest.isEmpty
                && !rest.contains { "/?#@ *".contains($0) } && !parts[0].isEmpty
            guard isOrigin else { return "must be origins like https://crm.example, separated by commas, or *; not \(word)" }
        }
        return nil
    }

    private func allowed(_ request: HTTPRequest) -> String? {
        guard let origin = request.field("Origin") else { return nil }
        if allowsAll { return "*" }
        return origins.contains(origin.lowercased()) ? origin : nil
    }

    /// The answer to a preflight request, or nil if `request` is not one.
    func preflight(_ request: HTTPRequest) -> HTTPResponse? {
        guard request.method == "OPTIONS", request.field("Access-Control-Request-Method") != nil else { return nil }
        guard allowed(request) != nil else {
            return HTTPResponse(status: 403, text: "Pages of this origin may not use the API.\n", fields: [HTTPField("Vary", "Origin")])
        }
        return with(
            HTTPResponse(
                status: 204,
                fields: [
                    HTTPField("Access-Control-Allow-Methods", "GET, POST"),
                    HTTPField(
                        "Access-Control-Allow-Headers",
                        "Accept, Authorization, Content-Encoding, Content-Type, traceparent, tracestate, X-CUSTOMER-OS-API-KEY, X-Openline-API-KEY, X-Openline-TENANT, X-Openline-USERNAME, X-Request-Id"
                    ), HTTPField("Access-Control-Max-Age", "600"),
                ]), for: request)
    }

    /// The response with the fields that let an allowed page read it.
    func with(_ response: HTTPResponse, for request: HTTPRequest) -> HTTPResponse {
        if origins.isEmpty { return response }
        var response = response
        if !allowsAll { response.fields.append(HTTPField("Vary", "Origin")) }
        if let origin = allowed(request) {
            response.fields.append(HTTPField("Access-Control-Allow-Origin", origin))
            let exposed = "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, traceresponse, X-Request-Id"
            response.fields.append(HTTPField("Access-Control-Expose-Headers", exposed))
        }
        return response
    }
}
