internal import CustomerOS
internal import Glibc
internal import GraphQL
internal import Postgres

/// The commands that work on the database: migrations, tenants, keys and timelines.
enum DatabaseCommands {
    static let databaseURL = Option(
        "database-url", value: "URL", environment: "DATABASE_URL", "The PostgreSQL server, as libpq takes it", kind: .secret,
        default: "the embedded one")
    static let dataDirectory = Option(
        "data-dir", value: "FOLDER", environment: "DATA_DIR", "The folder of the embedded PostgreSQL", default: ".data")
    static let json = Option("json", "Print JSON")
    static let common = [databaseURL, dataDirectory, json]

    static let all = [
        Command("migrate", "Bring the database's schema to this version.", options: common + [Option("status", "Only say what is pending")])
        {
            try migrate($0)
        },
        Command("tenant create", operands: "NAME", "Make a tenant.", options: common) { arguments in
            let name = try operand(arguments, "NAME")
            try withCurrentDatabase(arguments) { try Administration($0).createTenant(name) }
            try show(arguments, text: "The tenant \(name) is there.", .object(["name": .string(name)]))
        },
        Command("tenant list", "List the tenants.", options: common) { arguments in
            let tenants = try withCurrentDatabase(arguments) { try Administration($0).tenants() }
            try show(
                arguments, text: tenants.map { "\($0.name)\t\($0.state)\t\($0.createdAt)" }.joined(separator: "\n"),
                .list(tenants.map { .object(["name": .string($0.name), "state": .string($0.state), "createdAt": .string($0.createdAt)]) }))
        },
        Command(
            "key create", "Make an API key and show its secret, once.",
            options: common + [
                Option("tenant", value: "NAME", "The tenant it belongs to"),
                Option("roles", value: "LIST", "USER, ADMIN, OWNER, IMPERSONATED, by commas (default USER)"),
                Option("name", value: "TEXT", "What it is for"),
                Option("platform", "A key of the platform, with the role PLATFORM_OWNER and no tenant"),
            ]
        ) { try createKey($0) },
        Command("key list", "List the API keys.", options: common + [Option("tenant", value: "NAME", "Only this tenant's")]) {
            try listKeys($0)
        },
        Command("key revoke", operands: "ID", "End an API key. Running servers refuse it within a second.", options: common) { arguments in
            let id = try operand(arguments, "ID")
            try withCurrentDatabase(arguments) { try Administration($0).revokeKey(id) }
            try show(arguments, text: "The key \(id) is revoked.", .object(["id": .string(id), "revoked": .boolean(true)]))
        },
        Command(
            "timeline rebuild", "Make all timelines anew from the events. Servers may run beside it.",
            options: common + [Option("tenant", value: "NAME", "Only this tenant's")]
        ) { try rebuildTimelines($0) },
    ]

    // MARK: Commands

    private static func migrate(_ arguments: Arguments) throws {
        try withConnection(arguments) { connection in
            let migrator = Migrator(API.migrations, on: connection)
            if arguments.flag("status") == true {
                let status = try migrator.status()
                return try show(
                    arguments,
                    text: status.isCurrent
                        ? "The database is current (\(status.applied.count) migrations)."
                        : "Pending: \(status.pending.joined(separator: ", "))",
                    .object([
                        "applied": .list(status.applied.map { .string($0) }), "pending": .list(status.pending.map { .string($0) }),
                    ]))
            }
            let applied = try migrator.apply()
            try show(
                arguments,
                text: applied.isEmpty ? "The database is current; nothing was to be done." : "Applied: \(applied.joined(separator: ", "))",
                .object(["applied": .list(applied.map { .string($0) })]))
        }
    }

    private static func createKey(_ arguments: Arguments) throws {
        let isPlatform = arguments.flag("platform") == true
        let tenant = arguments.text("tenant")
        guard isPlatform != (tenant != nil) else { throw UsageError("Name the tenant with --tenant, or say --platform.") }
        var roles: [Role] = isPlatform ? [.platformOwner] : []
        for word in (arguments.text("roles") ?? (isPlatform ? "" : "USER")).split(separator: ",") {
            guard let role = Role(rawValue: word.uppercased()), role != .platformOwner else {
                throw UsageError("\(word) is no role for a key: there are USER, ADMIN, OWNER and IMPERSONATED.")
            }
            if !roles.contains(role) { roles.append(role) }
        }
        let made = try withCurrentDatabase(arguments) {
            try Administration($0).createKey(tenant: tenant, roles: roles, name: arguments.text("name") ?? "")
        }
        try show(
            arguments, text: "\(made.key.secret)\nThis is the only time that the secret is shown. The key's id is \(made.id).",
            .object(["id": .string(made.id), "secret": .string(made.key.secret), "roles": .list(roles.map { .string($0.rawValue) })]))
    }

    private static func listKeys(_ arguments: Arguments) throws {
        let keys = try withCurrentDatabase(arguments) { try Administration($0).keys(tenant: arguments.text("tenant")) }
        let state: (Administration.KeyRow) -> String = { key in
            key.revokedAt.map { "revoked \($0)" } ?? key.expiresAt.map { "until \($0)" } ?? "valid"
        }
        try show(
            arguments,
            text: keys.map {
                "\($0.id)\t\($0.tenant ?? "(platform)")\t\($0.prefix)…\t\($0.roles.joined(separator: ","))\t\(state($0))\t\($0.name)"
            }
            .joined(separator: "\n"),
            .list(
                keys.map { key in
                    .object([
                        "id": .string(key.id), "tenant": key.tenant.map { .string($0) } ?? .null, "prefix": .string(key.prefix),
                        "name": .string(key.name), "roles": .list(key.roles.map { .string($0) }), "createdAt": .string(key.createdAt),
                        "expiresAt": key.expiresAt.map { .string($0) } ?? .null, "revokedAt": key.revokedAt.map { .string($0) } ?? .null,
                    ])
                }))
    }

    private static func rebuildTimelines(_ arguments: Arguments) throws {
        let done = try withCurrentDatabase(arguments) { try Administration($0).rebuildTimelines(tenant: arguments.text("tenant")) }
        let wrong = done.mended == 0 ? "nothing was wrong" : "\(done.mended) rows were wrong and are mended"
        try show(
            arguments, text: "Made anew: the timelines of \(done.organizations) organizations and \(done.contacts) contacts; \(wrong).",
            .object([
                "organizations": .integer(Int64(done.organizations)), "contacts": .integer(Int64(done.contacts)),
                "mended": .integer(Int64(done.mended)),
            ]))
    }

    // MARK: What they share

    /// Connects to the given database, or to the embedded one: that of a running server, else it runs for the time of the command.
    static func withConnection<Value>(_ arguments: Arguments, _ body: (BlockingConnection) throws -> Value) throws -> Value {
        if let url = arguments.text("database-url") {
            return try body(BlockingConnection(DatabaseConfiguration(connectionString: url)))
        }
        let dataDirectory = arguments.text("data-dir") ?? ".data"
        if let running = try EmbeddedCluster.running(dataDirectory: dataDirectory) {
            return try body(BlockingConnection(DatabaseConfiguration(connectionString: running)))
        }
        let cluster = try EmbeddedCluster.start(dataDirectory: dataDirectory)
        defer { cluster.stop() }
        return try body(BlockingConnection(DatabaseConfiguration(connectionString: cluster.connectionString)))
    }

    /// Connects as `withConnection`, to a database of this version: the embedded one is brought to it, a given one must have it.
    static func withCurrentDatabase<Value>(_ arguments: Arguments, _ body: (BlockingConnection) throws -> Value) throws -> Value {
        try withConnection(arguments) { connection in
            let migrator = Migrator(API.migrations, on: connection)
            if arguments.text("database-url") == nil {
                _ = try migrator.apply()
            } else {
                let pending = try migrator.status().pending
                guard pending.isEmpty else { throw OldSchema(pending: pending) }
            }
            return try body(connection)
        }
    }

    private struct OldSchema: Error, CustomStringConvertible {
        let pending: [String]

        var description: String {
            "The database lacks \(pending.count) migrations (\(pending.joined(separator: ", "))). Run `customeros-api migrate`."
        }
    }

    static func operand(_ arguments: Arguments, _ name: String) throws -> String {
        guard arguments.positional.count == 1 else { throw UsageError("This command takes one argument: \(name).") }
        return arguments.positional[0]
    }

    static func show(_ arguments: Arguments, text: String, _ value: InputValue) throws {
        guard arguments.flag("json") == true else {
            if !text.isEmpty { CommandLineInterface.write(text + "\n", to: STDOUT_FILENO) }
            return
        }
        let buffer = ResponseBuffer()
        buffer.append(value)
        CommandLineInterface.write(String(decoding: buffer.bytes, as: UTF8.self) + "\n", to: STDOUT_FILENO)
    }
}

extension InputValue {
    static func object(_ members: KeyValuePairs<String, InputValue>) -> InputValue {
        .object(InputObject(members.map { InputObject.Member(name: $0.key, value: $0.value) }))
    }
}
