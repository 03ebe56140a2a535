import CustomerOS
import EventLoop
import Foundation
import Postgres

/// What a test's tenant has: the records of a file in `Tests/Fixtures`. Their ids are the same in every tenant.
enum TenantFixture: String {
    /// The demonstration data, and the contacts.
    case demo
    /// The demonstration data, and contacts to change, which come last in every order.
    case contacts
    /// Other tenants' records, which requests in `demo` ask for in vain.
    case neighbour
    /// Organizations with something in every table that refers to them.
    case organizations
    /// Contracts and services of the organizations.
    case contracts
    /// The contracts, bank accounts and billing profiles.
    case billing
    /// Events of every kind.
    case timeline
    /// Users with their addresses.
    case users

    fileprivate var scripts: [String] {
        get throws {
            switch self {
            case .demo: try [API.demoScript, Self.file("contacts")]
            case .contracts: try [Self.file("organizations"), Self.file("contracts")]
            case .billing: try [Self.file("organizations"), Self.file("contracts"), Self.file("billing")]
            case .contacts, .neighbour, .organizations, .timeline, .users: try [Self.file(rawValue)]
            }
        }
    }

    private static func file(_ name: String) throws -> String {
        try String(contentsOfFile: "\(TestServer.testsFolder)/Fixtures/\(name).sql", encoding: .utf8)
    }

    /// The roles of the tenant's key. Administrators change users.
    fileprivate var roles: [Role] {
        switch self {
        case .demo, .users: [.user, .admin, .owner]
        case .contacts, .neighbour, .organizations, .contracts, .billing, .timeline: [.user]
        }
    }
}

extension TestServer {
    /// The folder `Tests`.
    static let testsFolder = ((#filePath as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent

    /// A new tenant with the records of a fixture.
    func tenant(with fixture: TenantFixture) throws -> (name: String, key: String) {
        let name = "\(fixture.rawValue)-\(UUID().uuidString)"
        return try loader.withLock { connection in
            let administration = Administration(connection)
            if fixture == .demo {
                // The demonstration data have the settings that a new tenant is given.
                try connection.run("INSERT INTO tenant (name) VALUES ($1)", [.text(name)])
            } else {
                try administration.createTenant(name)
            }
            try Self.load(fixture, into: name, on: connection)
            return (name, try administration.createKey(tenant: name, roles: fixture.roles).key.secret)
        }
    }

    static func load(_ fixture: TenantFixture, into tenant: String, on connection: BlockingConnection) throws {
        // The functions of the previous fixture.
        try connection.runScript("DISCARD TEMPORARY")
        for setting in ["fixture.tenant", "customeros.tenant_id"] {
            try connection.run("SELECT set_config($1, id::text, false) FROM tenant WHERE name = $2", [.text(setting), .text(tenant)])
        }
        for script in try fixture.scripts { try connection.runScript(script) }
    }
}
