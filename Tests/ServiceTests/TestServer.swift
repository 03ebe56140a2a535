import CustomerOS
import EventLoop
import Foundation
import Postgres
import Service
import Telemetry
import TestSupport

/// A server in this process, on a database of an embedded cluster that all servers of the process share: the demo
/// tenant, and another one.
final class TestServer: Sendable {
    let port: UInt16
    /// USER, ADMIN, OWNER of the demo tenant.
    let key = "test-key-of-the-demo-tenant-0123456789"
    /// The role USER in another tenant.
    let otherKey: String
    /// IMPERSONATED alone: a role to which no operation is open.
    let powerlessKey: String
    let connectionString: String
    /// Requests in progress whose statements a test wants to see, by request id.
    private let statements: Lock<[String: [StatementText]]>
    /// Creates tenants: a connection with warm plans.
    let loader: Lock<BlockingConnection>

    /// The one that most tests use. Started on first use; ends with the process.
    static let shared = Task { try await TestServer(connectionString: cluster.value) }

    /// One on a separate database, for what works on all tenants.
    static let apart = Task {
        let connectionString = try await cluster.value
        try BlockingConnection(DatabaseConfiguration(connectionString: connectionString)).runScript("CREATE DATABASE apart")
        return try await TestServer(connectionString: connectionString + " dbname=apart")
    }

    /// A database of its own for a while, empty, beside the one that most tests use.
    static func withEmptyDatabase(_ body: (BlockingConnection) throws -> Void) async throws {
        let connectionString = try await cluster.value
        let name = "empty_\(UUID().uuidString.prefix(8).lowercased())"
        let administrator = try BlockingConnection(DatabaseConfiguration(connectionString: connectionString))
        try administrator.runScript("CREATE DATABASE \(name)")
        defer { _ = try? administrator.runScript("DROP DATABASE \(name) WITH (FORCE)") }
        try body(try BlockingConnection(DatabaseConfiguration(connectionString: connectionString + " dbname=\(name)")))
    }

    /// The cluster's connection string. The cluster is started on first use.
    private static let cluster = Task {
        let folder = try TemporaryFolder()
        let cluster = try EmbeddedCluster.start(dataDirectory: folder.path)
        TestServer.running.withLock { $0 = (cluster, folder) }
        atexit { TestServer.end() }
        // The cluster asks for no password; one is sent anyway, to check that it is never revealed.
        return cluster.connectionString + " password=\(TestLog.Canary.password)"
    }

    private init(connectionString: String) async throws {
        self.connectionString = connectionString
        loader = Lock(try BlockingConnection(DatabaseConfiguration(connectionString: connectionString + " application_name=loader")))
        let connection = try BlockingConnection(DatabaseConfiguration(connectionString: connectionString))
        _ = try API.migrator(on: connection).apply()
        let administration = Administration(connection)
        _ = try administration.prepareDemo(script: API.demoScript, secret: key)
        try administration.createTenant("other")
        otherKey = try administration.createKey(tenant: "other", roles: [.user]).key.secret
        powerlessKey = try administration.createKey(tenant: "demo", roles: [.impersonated]).key.secret
        try Self.load(.contacts, into: "demo", on: connection)
        try Self.load(.neighbour, into: "other", on: connection)

        let statements = Lock<[String: [StatementText]]>([:])
        self.statements = statements
        // On a busy machine 64 clients may wait long for eight connections: that is no failure.
        let database = DatabaseConfiguration(connectionString: connectionString, queueTimeout: .seconds(30))
        var configuration = Server.Configuration(database: database)
        configuration.port = 0
        configuration.servesPlayground = true
        configuration.foldingInterval = .milliseconds(200)
        // Tests run jobs when they want to see what they do.
        configuration.jobs = []
        Self.log(&configuration)
        configuration.onStatements = { requestID, issued in statements.withLock { $0[requestID]?.append(contentsOf: issued) } }
        let server = try await Server(configuration)
        port = server.port
    }

    /// Another server on the same database, for as long as `body` runs.
    func withServer(
        _ change: (inout Server.Configuration) throws -> Void, _ body: (_ port: UInt16) async throws -> Void
    ) async throws {
        try await withRunningServer(change) { try await body($0.port) }
    }

    func withRunningServer(
        _ change: (inout Server.Configuration) throws -> Void, _ body: (Server) async throws -> Void
    ) async throws {
        let server = try await start(change)
        do {
            try await body(server)
            await server.stop()
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Another server on the same database. The caller stops it.
    func start(_ change: (inout Server.Configuration) throws -> Void) async throws -> Server {
        var configuration = Server.Configuration(database: DatabaseConfiguration(connectionString: connectionString))
        configuration.port = 0
        configuration.drainGrace = .zero
        configuration.drainLimit = .seconds(2)
        configuration.jobs = []
        Self.log(&configuration)
        try change(&configuration)
        return try await Server(configuration)
    }

    /// Everything is logged, into the file that is searched after the tests.
    private static func log(_ configuration: inout Server.Configuration) {
        // Tests count what goes to the database.
        configuration.databaseCheckInterval = .seconds(3_600)
        configuration.logDescriptor = TestLog.descriptor
        configuration.loggedRequests = .all
        configuration.slowOperation = 0
    }

    private static let running = Lock<(EmbeddedCluster, TemporaryFolder)?>(nil)

    private static func end() {
        guard let (cluster, folder) = running.withLock({ $0 }) else { return }
        cluster.stop()
        folder.remove()
    }

    func administration() throws -> Administration {
        Administration(try BlockingConnection(DatabaseConfiguration(connectionString: connectionString)))
    }

    /// Sends a GraphQL request on its own connection, and returns its answer with the statements issued for it.
    func query(_ text: String, variables: String = "null", key: String?, headers: [String: String] = [:]) throws -> HTTPAnswer {
        let requestID = UUID().uuidString
        statements.withLock { $0[requestID] = [] }
        defer { statements.withLock { $0[requestID] = nil } }
        var headers = headers.merging(["Content-Type": "application/json", "X-Request-Id": requestID]) { given, _ in given }
        headers["X-CUSTOMER-OS-API-KEY"] = key
        let extensions = "{\"canary\":\"\(TestLog.Canary.extensions)\"}"
        let body = "{\"query\":\(try jsonText(text)),\"variables\":\(variables),\"extensions\":\(extensions)}"
        var answer = try HTTPClient(port: port).send("POST", "/query", headers: headers, body: body)
        answer.statements = statements.withLock { $0[requestID] ?? [] }
        return answer
    }

    /// Sends a body as it is, with the key of the demo tenant.
    func post(_ body: String) throws -> HTTPAnswer {
        let headers = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": key]
        return try HTTPClient(port: port).send("POST", "/query", headers: headers, body: body)
    }
}

/// A JSON string.
func jsonText(_ text: String) throws -> String {
    String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
}
