internal import CustomerOS
internal import Glibc
internal import GraphQL
internal import Postgres

/// `migrate`: the database schema.
enum MigrateCommands {
    private static let common = DatabaseCommands.common

    static let all = [
        Command(
            "migrate", "Bring the database's schema to this version: `migrate up`.",
            options: common + [Option("status", "Only say what is pending: `migrate status`")]
        ) { arguments in
            try arguments.flag("status") == true ? status(arguments) : up(arguments)
        },
        Command(
            "migrate plan", "Say which migrations would be applied, and change nothing.",
            options: common + [Option("sql", "Print the statements themselves")]
        ) { try plan($0) },
        Command("migrate up", "Apply the migrations that are pending.", options: common) { try up($0) },
        Command("migrate status", "Say which migrations the database has, and which are pending.", options: common) { try status($0) },
    ]

    private static func plan(_ arguments: Arguments) throws {
        let pending = try DatabaseCommands.withConnection(arguments) { Set(try Migrator(API.migrations, on: $0).status().pending) }
        let migrations = API.migrations.filter { pending.contains($0.name) }
        if arguments.flag("sql") == true, arguments.flag("json") != true {
            let text = migrations.map { "-- \($0.name)\n\($0.sql)\n" }.joined()
            return CommandLineInterface.write(text, to: STDOUT_FILENO)
        }
        let lines = migrations.map { "\($0.name)\t\($0.sql.utf8.count) bytes" }
        try DatabaseCommands.show(
            arguments,
            text: migrations.isEmpty
                ? "Nothing is to be done: the database is current."
                : (["`customeros-api migrate up` would apply, each in a transaction of its own:"] + lines).joined(separator: "\n"),
            .object([
                "pending": .list(
                    migrations.map { migration in
                        .object([
                            "number": .integer(Int64(migration.number)), "name": .string(migration.name),
                            "sql": arguments.flag("sql") == true ? .string(migration.sql) : .null,
                        ])
                    })
            ]))
    }

    private static func status(_ arguments: Arguments) throws {
        let status = try DatabaseCommands.withConnection(arguments) { try Migrator(API.migrations, on: $0).status() }
        try DatabaseCommands.show(
            arguments,
            text: status.isCurrent
                ? "The database is current (\(status.applied.count) migrations)."
                : "Pending: \(status.pending.joined(separator: ", "))",
            .object([
                "current": .boolean(status.isCurrent), "applied": .list(status.applied.map { .string($0) }),
                "pending": .list(status.pending.map { .string($0) }),
            ]))
    }

    private static func up(_ arguments: Arguments) throws {
        let progress = TerminalProgress()
        let (applied, notes) = try DatabaseCommands.withConnection(arguments, creates: true) { connection in
            defer { progress.finish() }
            let migrator = Migrator(API.migrations, on: connection)
            let applied = try migrator.apply { progress.show("\($0.name): \($0.index) of \($0.count)") }
            return (applied, try migrator.notes(of: applied))
        }
        let changed = notes.isEmpty ? [] : ["Rows that had to be changed:"] + notes.map { "  \($0)" }
        try DatabaseCommands.show(
            arguments,
            text: applied.isEmpty
                ? "The database is current; nothing was to be done."
                : (["Applied: \(applied.joined(separator: ", "))"] + changed).joined(separator: "\n"),
            .object(["applied": .list(applied.map { .string($0) }), "changed": .list(notes.map { .string($0) })]))
    }
}
