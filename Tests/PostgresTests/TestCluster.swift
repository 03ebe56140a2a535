import EventLoop
import Foundation
import Postgres
import TestSupport
import Testing

/// A cluster for these suites, and a loop to work on.
final class TestCluster: Sendable {
    static let shared = Result { try TestCluster() }

    let cluster: EmbeddedCluster
    let folder: String

    private init() throws {
        folder = NSTemporaryDirectory() + "/customeros-postgres-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        cluster = try EmbeddedCluster.start(dataDirectory: folder + "/data")
        atexit {
            guard let shared = try? TestCluster.shared.get() else { return }
            shared.cluster.stop()
            try? FileManager.default.removeItem(atPath: shared.folder)
        }
    }

    var configuration: DatabaseConfiguration { DatabaseConfiguration(connectionString: cluster.connectionString) }
}

extension DatabaseConfiguration {
    /// The same database, reached through a proxy, which the caller stops.
    func behindProxy() throws -> (configuration: DatabaseConfiguration, proxy: BackendProxy) {
        func value(_ name: String) -> String? { ConnectionText.value(of: name, in: connectionString) }
        let folder = try #require(value("host"))
        let proxy = try BackendProxy(upstream: "\(folder)/.s.PGSQL.\(value("port") ?? "5432")")
        var configuration = self
        configuration.connectionString =
            "host=127.0.0.1 port=\(proxy.port) user=\(value("user") ?? "") dbname=\(value("dbname") ?? "") "
            + "sslmode=disable gssencmode=disable"
        return (configuration, proxy)
    }
}

/// A database with one loop, and work done on it.
func onDatabase<Value: Sendable>(
    _ change: (inout DatabaseConfiguration) -> Void = { _ in }, _ body: @escaping @Sendable (Database) async throws -> Value
) async throws -> Value {
    var configuration = try TestCluster.shared.get().configuration
    change(&configuration)
    return try await onLoop { [configuration] loop in
        let database = await Database(configuration, loops: [loop])
        let result: Result<Value, any Error>
        do { result = .success(try await body(database)) } catch { result = .failure(error) }
        await database.close()
        return try result.get()
    }
}

/// Work of a tenant.
extension Database {
    func read(_ queries: [Query]) async -> [Result<QueryResult, PostgresError>] { await read(queries, for: .tenant(1)) }

    func readExclusively(_ queries: [Query]) async -> [Result<QueryResult, PostgresError>] {
        await readExclusively(queries, for: .tenant(1))
    }

    func transaction<Value>(_ body: (Transaction) async throws -> Value) async throws -> Value {
        try await transaction(for: .tenant(1), body)
    }
}

/// Why a query has no result, or nil if it has one.
func condition(_ result: Result<QueryResult, PostgresError>) -> PostgresError.Condition? {
    if case .failure(let error) = result { return error.condition }
    return nil
}
