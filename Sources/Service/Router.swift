internal import CustomerOS
internal import EventLoop
internal import GraphQL
internal import HTTP
internal import Postgres

/// Which path is answered by what.
final class Router: HTTPHandler {
    private let query: QueryEndpoint
    private let readiness: Readiness
    private let schemaText: String
    private let servesPlayground: Bool

    init(query: QueryEndpoint, readiness: Readiness, schemaText: String, servesPlayground: Bool) {
        self.query = query
        self.readiness = readiness
        self.schemaText = schemaText
        self.servesPlayground = servesPlayground
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        if request.path == "/query" { return await query.respond(to: request) }
        guard request.method == "GET" || request.method == "HEAD" else {
            let isKnown = Self.paths.contains(request.path) || (servesPlayground && request.path.hasPrefix("/playground"))
            return isKnown
                ? HTTPResponse(status: 405, text: "Use GET.\n", fields: [HTTPField("Allow", "GET, HEAD")]) : notFound(request)
        }
        switch request.path {
        case "/health", "/livez": return HTTPResponse(status: 200, contentType: "application/json", text: "{\"status\":\"ok\"}\n")
        case "/readiness", "/readyz": return await readiness.response()
        case "/schema.graphql": return HTTPResponse(status: 200, contentType: "application/graphql; charset=utf-8", text: schemaText)
        case "/playground" where servesPlayground: return playground("text/html; charset=utf-8", PlaygroundPage.html)
        case "/playground/style.css" where servesPlayground: return playground("text/css; charset=utf-8", PlaygroundPage.style)
        case "/playground/script.js" where servesPlayground:
            return playground("text/javascript; charset=utf-8", PlaygroundPage.script)
        default: return notFound(request)
        }
    }

    private static let paths: Set<String> = ["/health", "/livez", "/readiness", "/readyz", "/schema.graphql"]

    private func notFound(_ request: HTTPRequest) -> HTTPResponse {
        HTTPResponse(status: 404, text: "There is nothing here. GraphQL operations go to /query.\n")
    }

    private func playground(_ contentType: String, _ text: String) -> HTTPResponse {
        HTTPResponse(
            status: 200, contentType: contentType, text: text,
            fields: [
                HTTPField("Content-Security-Policy", PlaygroundPage.contentSecurityPolicy), HTTPField("X-Content-Type-Options", "nosniff"),
                HTTPField("Referrer-Policy", "no-referrer"),
            ])
    }
}

/// Whether requests can be answered: asks the database each time.
final class Readiness: Sendable {
    private let database: Database
    private let isDraining = Lock(false)

    init(_ database: Database) { self.database = database }

    func startDraining() { isDraining.withLock { $0 = true } }

    private static let ping = Statement("readiness", "SELECT count(*) FROM schema_migration")

    func response() async -> HTTPResponse {
        if isDraining.withLock({ $0 }) { return answer(503, "draining", database: "unknown") }
        switch await database.read([Query(Self.ping)]).first {
        case .success?: return answer(200, "ready", database: "ok")
        default: return answer(503, "unavailable", database: "unreachable")
        }
    }

    private func answer(_ status: Int, _ state: String, database: String) -> HTTPResponse {
        HTTPResponse(
            status: status, contentType: "application/json", text: "{\"status\":\"\(state)\",\"checks\":{\"database\":\"\(database)\"}}\n",
            fields: status == 503 ? [HTTPField("Retry-After", "1")] : [])
    }
}
