internal import EventLoop
internal import HTTP
internal import Telemetry

/// Routes paths to what answers them.
final class Router: HTTPHandler {
    /// What is served besides `/query`.
    struct Pages: Sendable {
        let readiness: Readiness
        let schema: StaticFile
        let servesPlayground: Bool
        /// Nil if the metrics have a port of their own.
        let metrics: MetricsPage?
    }

    private let query: QueryEndpoint
    private let pages: Pages
    private let crossOrigin: CrossOrigin
    private let compression: AnswerCompression
    private let telemetry: any TelemetrySink

    init(
        query: QueryEndpoint, pages: Pages, crossOrigin: CrossOrigin, compression: AnswerCompression, telemetry: any TelemetrySink
    ) {
        self.query = query
        self.pages = pages
        self.crossOrigin = crossOrigin
        self.compression = compression
        self.telemetry = telemetry
    }

    static func schemaFile(_ text: String) -> StaticFile {
        let bytes = Array(text.utf8)
        return StaticFile(
            bytes: bytes, compressed: Compression.compress(bytes, level: 6), contentType: "application/graphql; charset=utf-8",
            isImmutable: false)
    }

    func admit(_ request: HTTPRequest) async -> HTTPAdmission {
        guard request.path == "/query" else {
            return .answered(await compressed(page(Self.route(request.path), request) { await self.page(request) }, for: request))
        }
        if let answer = crossOrigin.preflight(request) { return .answered(await page("/query", request) { answer }) }
        switch await query.admit(request) {
        case .refused(let response): return .answered(await compressed(crossOrigin.with(response, for: request), for: request))
        case .admitted(let caller):
            return .admitted(memory: caller.memory) { [self] in
                await compressed(crossOrigin.with(query.respond(to: $0, of: caller), for: $0), for: $0)
            }
        }
    }

    private func compressed(_ response: HTTPResponse, for request: HTTPRequest) async -> HTTPResponse {
        compression.concerns(response) ? await compression.form(of: response, for: request) : response
    }

    /// Answers requests other than GraphQL, and records them.
    private func page(_ route: String, _ request: HTTPRequest, _ body: () async -> HTTPResponse) async -> HTTPResponse {
        let start = EventLoop.now
        telemetry.record(.requestStarted)
        let response = await body()
        let duration = Double(EventLoop.now - start) / 1e9
        telemetry.record(.pageServed(method: request.method, route: route, status: response.status, duration: duration))
        return response
    }

    private static func route(_ path: String) -> String {
        paths.contains(path) ? path : path.hasPrefix("/playground") ? "/playground" : "other"
    }

    private func page(_ request: HTTPRequest) async -> HTTPResponse {
        guard request.method == "GET" || request.method == "HEAD" else {
            let isKnown = Self.paths.contains(request.path) || (pages.servesPlayground && request.path.hasPrefix("/playground"))
            return isKnown
                ? HTTPResponse(status: 405, text: "Use GET.\n", fields: [HTTPField("Allow", "GET, HEAD")]) : notFound(request)
        }
        switch request.path {
        case "/": return pages.servesPlayground ? Self.toPlayground : Self.directions
        case "/health", "/livez": return Health.response
        case "/readiness", "/readyz": return await pages.readiness.response()
        case "/metrics":
            guard let metrics = pages.metrics else { return notFound(request) }
            return await metrics.response()
        case "/schema.graphql":
            return pages.schema.response(to: request, compresses: compression.level > 0)
        case let path where pages.servesPlayground && path.hasPrefix("/playground"):
            return Playground.shared.response(to: request, compresses: compression.level > 0) ?? notFound(request)
        default: return notFound(request)
        }
    }

    /// Relative, so that it also works behind a proxy that adds a path.
    private static let toPlayground = HTTPResponse(
        status: 302, text: "Found at /playground.\n", fields: [HTTPField("Location", "playground"), HTTPField("Cache-Control", "no-store")])

    /// What the original answers there, and where things are.
    private static let directions = HTTPResponse(
        status: 200, contentType: "application/json",
        text: "{\"message\":\"Up and running!\",\"graphql\":\"/query\",\"schema\":\"/schema.graphql\",\"readiness\":\"/readiness\"}\n")

    private static let paths: Set<String> = [
        "/", "/health", "/livez", "/readiness", "/readyz", "/metrics", "/schema.graphql",
    ]

    private func notFound(_ request: HTTPRequest) -> HTTPResponse {
        HTTPResponse(status: 404, text: "Nothing is here. GraphQL operations go to /query.\n")
    }
}
