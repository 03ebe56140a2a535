import CustomerOS
import EventLoop
import Foundation
import Postgres
import Service
import Telemetry
import TestSupport

/// One server in this process on an embedded cluster, shared by all suites: the demo tenant, and another one beside it.
final class TestServer: Sendable {
    let port: UInt16
    /// USER, ADMIN, OWNER of the demo tenant.
    let key = "test-key-of-the-demo-tenant-0123456789"
    /// The role USER in another tenant.
    let otherKey: String
    /// IMPERSONATED alone: a role that no operation is open to.
    let powerlessKey: String
    let connectionString: String
    private let statements: Lock<[StatementText]>

    /// Started when first asked for; ended with the process.
    static let shared = Task { try await TestServer() }

    private init() async throws {
        let folder = try TemporaryFolder()
        let cluster = try EmbeddedCluster.start(dataDirectory: folder.path)
        TestServer.running.withLock { $0 = (cluster, folder) }
        atexit { TestServer.end() }
        // The cluster asks for no password; one is sent along all the same, to see that nobody tells it.
        connectionString = cluster.connectionString + " password=\(TestLog.Canary.password)"
        let connection = try BlockingConnection(DatabaseConfiguration(connectionString: connectionString))
        _ = try Migrator(API.migrations, on: connection).apply()
        let administration = Administration(connection)
        _ = try administration.prepareDemo(script: API.demoScript, secret: key)
        try administration.createTenant("other")
        otherKey = try administration.createKey(tenant: "other", roles: [.user]).key.secret
        powerlessKey = try administration.createKey(tenant: "demo", roles: [.impersonated]).key.secret
        try connection.runScript(ContactFixtures.script)

        let statements = Lock<[StatementText]>([])
        self.statements = statements
        // On a busy machine 64 clients may wait long for eight connections: that is no failure of theirs.
        let database = DatabaseConfiguration(connectionString: connectionString, queueTimeout: .seconds(30))
        var configuration = Server.Configuration(database: database)
        configuration.port = 0
        configuration.servesPlayground = true
        configuration.foldingInterval = .milliseconds(200)
        // Tests run jobs when they want to see what they do.
        configuration.jobs = []
        Self.log(&configuration)
        configuration.onStatements = { issued in statements.withLock { $0 = issued } }
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
        Self.log(&configuration)
        try change(&configuration)
        return try await Server(configuration)
    }

    /// Everything is logged, into the file that is searched when the tests have run.
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

    /// A new tenant with the records of a file of `Tests/Fixtures`, whose ids are the same in each.
    func fixtureTenant(_ fixture: String = "organizations") throws -> (name: String, key: String) {
        let name = "fixture-\(UUID().uuidString)"
        let administration = try administration()
        try administration.createTenant(name)
        let connection = try BlockingConnection(DatabaseConfiguration(connectionString: connectionString))
        try connection.run("SELECT set_config('fixture.tenant', id::text, false) FROM tenant WHERE name = $1", [.text(name)])
        // Contracts are contracts of organizations.
        if fixture == "contracts" { try connection.runScript(Self.fixture("organizations")) }
        try connection.runScript(Self.fixture(fixture))
        // Users are changed by administrators.
        let roles: [Role] = fixture == "users" ? [.user, .admin, .owner] : [.user]
        return (name, try administration.createKey(tenant: name, roles: roles).key.secret)
    }

    private static func fixture(_ name: String) throws -> String {
        let folder = ((#filePath as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent
        return try String(contentsOfFile: "\(folder)/Fixtures/\(name).sql", encoding: .utf8)
    }

    /// The statements of the request that was answered last.
    var lastStatements: [StatementText] { statements.withLock { $0 } }

    /// Sends a GraphQL request in a connection of its own.
    func query(_ text: String, variables: String = "null", key: String?, headers: [String: String] = [:]) throws -> HTTPAnswer {
        statements.withLock { $0 = [] }
        var headers = headers.merging(["Content-Type": "application/json"]) { given, _ in given }
        headers["X-CUSTOMER-OS-API-KEY"] = key
        let extensions = "{\"canary\":\"\(TestLog.Canary.extensions)\"}"
        let body = "{\"query\":\(try jsonText(text)),\"variables\":\(variables),\"extensions\":\(extensions)}"
        return try HTTPClient(port: port).send("POST", "/query", headers: headers, body: body)
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
