import CustomerOS
import Foundation
import Postgres
import Testing

/// A test's own tenant: what other tests do changes nothing in it.
final class TestTenant: @unchecked Sendable {
    let server: TestServer
    let name: String
    let key: String
    /// The tenant's number, as a parameter.
    let id: Parameter
    private let configuration: DatabaseConfiguration

    init(_ server: TestServer) throws {
        self.server = server
        name = "test-\(UUID().uuidString)"
        let administration = try server.administration()
        try administration.createTenant(name)
        key = try administration.createKey(tenant: name, roles: [.user]).key.secret
        configuration = DatabaseConfiguration(connectionString: server.connectionString)
        let rows = try BlockingConnection(configuration).run("SELECT id FROM tenant WHERE name = $1", [.text(name)])
        id = .text(try #require(rows.text(0, 0)))
    }

    static func make(on server: Task<TestServer, any Error> = TestServer.shared) async throws -> TestTenant {
        try TestTenant(try await server.value)
    }

    /// A connection to look behind the interface.
    func database() throws -> BlockingConnection { try BlockingConnection(configuration) }

    /// The plans of one of these statements: for these arguments after the tenant, written in SQL, and for any.
    /// `connection` may be one that sees uncommitted data.
    func plans(
        _ name: String, of statements: [StatementText], _ arguments: String, on connection: BlockingConnection? = nil
    ) throws -> [String] {
        let statement = try #require(statements.first { $0.name == name }, "\(statements.map(\.name))")
        let connection = try connection ?? database()
        try connection.runScript(
            """
            CREATE OR REPLACE FUNCTION pg_temp.plan_of(statement text, arguments text) RETURNS SETOF text LANGUAGE plpgsql AS $$
            BEGIN
              EXECUTE 'DEALLOCATE ALL';
              EXECUTE 'PREPARE asked AS ' || statement;
              RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) EXECUTE asked (' || arguments || ')';
            END $$
            """)
        guard case .text(let id) = id else { return [] }
        let modes = statement.isPrepared ? ["force_custom_plan", "force_generic_plan"] : ["force_custom_plan"]
        return try modes.map { mode in
            try connection.runScript("SET plan_cache_mode = \(mode)")
            let rows = try connection.run(
                "SELECT * FROM pg_temp.plan_of($1, $2)", [.text(statement.sql.text), .text(arguments.isEmpty ? id : "\(id), \(arguments)")])
            return (0..<rows.rowCount).map { rows.text($0, 0) ?? "" }.joined(separator: "\n")
        }
    }

    /// The first value that a statement returns, with the tenant as `$1`.
    func value(_ sql: SQL, _ parameters: [Parameter] = []) throws -> String? {
        try database().run(sql, [id] + parameters).text(0, 0)
    }

    func answer(_ query: String, variables: String = "null") throws -> Answer {
        try Answer(server.query(query, variables: variables, key: key))
    }

    /// The data of a request that must succeed.
    func data(_ query: String, variables: String = "null") throws -> [String: Any] { try success(query, variables: variables).data }

    /// The statements of a request that must succeed.
    func statements(_ query: String) throws -> [StatementText] { try success(query).statements }

    /// The answer to a request that must succeed.
    func success(_ query: String, variables: String = "null") throws -> Answer {
        let answer = try answer(query, variables: variables)
        try #require(answer.codes.isEmpty, "\(answer.body)")
        return answer
    }

    /// Creates a contact and returns its id.
    func contact(_ input: String = "{}") throws -> String {
        try #require(try data("mutation { contact_Create(input: \(input)) }")["contact_Create"] as? String)
    }

    /// Creates an organization and returns its id.
    func organization(_ name: String) throws -> String {
        let data = try data("mutation { organization_Save(input: { name: \(try jsonText(name)) }) { id } }")
        return try #require((data["organization_Save"] as? [String: Any])?["id"] as? String)
    }
}

/// A parsed response. JSONSerialization's result is never changed.
struct Answer: @unchecked Sendable {
    let body: String
    let data: [String: Any]
    let messages: [String]
    let codes: [String]
    /// The statements issued for the request, if the server reports them (`TestServer.query`).
    let statements: [StatementText]

    init(_ answer: HTTPAnswer) throws {
        body = answer.body
        statements = answer.statements
        let object = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any] ?? [:]
        data = object["data"] as? [String: Any] ?? [:]
        let errors = object["errors"] as? [[String: Any]] ?? []
        messages = errors.map { $0["message"] as? String ?? "" }
        codes = errors.map { ($0["extensions"] as? [String: Any])?["code"] as? String ?? "" }
    }

    /// The object of a root field.
    func object(_ name: String) -> [String: Any] { data[name] as? [String: Any] ?? [:] }
}

extension [String: Any] {
    func object(_ name: String) -> [String: Any] { self[name] as? [String: Any] ?? [:] }
    func objects(_ name: String) -> [[String: Any]] { self[name] as? [[String: Any]] ?? [] }
    func text(_ name: String) -> String { self[name] as? String ?? "" }
    func texts(_ name: String) -> [String] { self[name] as? [String] ?? [] }
    func number(_ name: String) -> Int { (self[name] as? NSNumber)?.intValue ?? -1 }
}

/// Concurrent clients, each on its own thread, which the server's threads never wait for.
enum Clients {
    /// Returns the answers in the order of the clients. A client that fails has none.
    static func run<Value: Sendable>(_ count: Int, _ act: @escaping @Sendable (Int) throws -> Value) async -> [Value] {
        let values = Collected<Value>()
        let threads = (0..<count).map { index in
            let semaphore = DispatchSemaphore(value: 0)
            Thread.detachNewThread {
                if let value = try? act(index) { values.add(index, value) }
                semaphore.signal()
            }
            return semaphore
        }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            Thread.detachNewThread {
                for thread in threads { thread.wait() }
                continuation.resume()
            }
        }
        return values.sorted
    }

    private final class Collected<Value: Sendable>: @unchecked Sendable {
        private let lock = NSLock()
        private var values: [(Int, Value)] = []

        func add(_ index: Int, _ value: Value) { lock.withLock { values.append((index, value)) } }
        var sorted: [Value] { lock.withLock { values.sorted { $0.0 < $1.0 }.map(\.1) } }
    }
}
