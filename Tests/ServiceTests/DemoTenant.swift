import CustomerOS
import Foundation
import Postgres

/// A new tenant with the demonstration data. `own` replaces the prefix of its identifiers.
struct DemoTenant: Sendable {
    static let prefix = "01900000-000"

    let server: TestServer
    let name: String
    let own: String

    init(_ server: TestServer, own: String = DemoTenant.prefix) throws {
        self.server = server
        self.own = own
        name = "demo-\(UUID().uuidString)"
        let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
        try connection.run("INSERT INTO tenant (name) VALUES ($1)", [.text(name)])
        try connection.run("SELECT set_config('customeros.tenant_id', id::text, false) FROM tenant WHERE name = $1", [.text(name)])
        try connection.runScript(API.demoScript.replacingOccurrences(of: Self.prefix, with: own))
    }

    /// The lines of its export.
    func exported() throws -> [String] {
        var bytes: [UInt8] = []
        let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
        _ = try Exporter(connection, tenant: name).run { bytes.append(contentsOf: $0) }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    func key(_ roles: [Role]) throws -> String { try server.administration().createKey(tenant: name, roles: roles).key.secret }
}
