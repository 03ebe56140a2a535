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
            options: common + [Option("status", "Only show what is pending: `migrate status`")]
        ) { arguments in
            try arguments.flag("status") == true ? status(arguments) : up(arguments)
        },
        Command(
            "migrate plan", "Show which migrations and routines would be applied, and change nothing.",
            options: common + [Option("sql", "Print the statements themselves")]
        ) { try plan($0) },
        Command("migrate up", "Apply pending migrations and routines.", options: common) { try up($0) },
        Command("migrate status", "Show which migrations the database has, and which migrations and routines are pending.", options: common)
        { try status($0) },
    ]

    private static func plan(_ arguments: Arguments) throws {
        let status = try DatabaseCommands.withConnection(arguments) { try API.migrator(on: $0).status() }
        let migrations = API.migrations.filter { status.pending.contains($0.name) }
        let all = try API.routines
        let routines = status.pendingRoutines.compactMap { name in all.first { $0.name == name } }
        let withSQL = arguments.flag("sql") == true
        if withSQL, arguments.flag("json") != true {
            let texts = migrations.map { ($0.name, $0.sql) } + routines.map { ("routine \($0.name)", $0.sql) }
            return CommandLineInterface.write(texts.map { "-- \($0)\n\($1)\n" }.joined(), to: STDOUT_FILENO)
        }
        let lines =
            migrations.map { migration in
                let beside = migration.compatibleFrom.map { "\tprograms from \($0) on may run alongside it" } ?? ""
                return "\(migration.name)\t\(migration.sql.utf8.count) bytes\(beside)"
            } + routines.map { "routine \($0.name)\t\($0.sql.utf8.count) bytes" }
        try DatabaseCommands.show(
            arguments,
            text: status.isCurrent
                ? "There is nothing to do: the database is current."
                : ([
                    "`customeros-api migrate up` would apply, each in a transaction of its own, and the routines in the last one:"
                ] + lines).joined(separator: "\n"),
            .object([
                "pending": .list(
                    migrations.map { migration in
                        .object([
                            "number": .integer(Int64(migration.number)), "name": .string(migration.name),
                            "compatibleFrom": version(migration.compatibleFrom), "sql": withSQL ? .string(migration.sql) : .null,
                        ])
                    }),
                "routines": .list(
                    routines.map { .object(["name": .string($0.name), "sql": withSQL ? .string($0.sql) : .null]) }),
            ]))
    }

    private static func status(_ arguments: Arguments) throws {
        let status = try DatabaseCommands.withConnection(arguments) { try API.migrator(on: $0).status() }
        var lines: [String] = []
        if status.isCurrent {
            lines.append("The database is current (\(status.applied.count) migrations, \(try API.routines.count) routines).")
        }
        if !status.pending.isEmpty { lines.append("Pending: \(status.pending.joined(separator: ", "))") }
        if !status.pendingRoutines.isEmpty { lines.append("Pending routines: \(status.pendingRoutines.joined(separator: ", "))") }
        for newer in status.newer {
            lines.append("Of a newer program: \(newer.name), alongside which programs from \(newer.compatibleFrom) on may run")
        }
        try DatabaseCommands.show(
            arguments, text: lines.joined(separator: "\n"),
            .object([
                "current": .boolean(status.isCurrent), "applied": .list(status.applied.map { .string($0) }),
                "pending": .list(status.pending.map { .string($0) }),
                "pendingRoutines": .list(status.pendingRoutines.map { .string($0) }),
                "newer": .list(
                    status.newer.map { .object(["name": .string($0.name), "compatibleFrom": version($0.compatibleFrom)]) }),
            ]))
    }

    private static func up(_ arguments: Arguments) throws {
        let progress = TerminalProgress()
        let (applied, notes) = try DatabaseCommands.withConnection(arguments, creates: true) { connection in
            defer { progress.finish() }
            let migrator = try API.migrator(on: connection)
            let applied = try migrator.apply { progress.show("\($0.name): \($0.index) of \($0.count)") }
            return (applied, try migrator.notes(of: applied.migrations))
        }
        var lines: [String] = []
        if !applied.migrations.isEmpty { lines.append("Applied: \(applied.migrations.joined(separator: ", "))") }
        if !applied.routines.isEmpty { lines.append("Routines applied: \(applied.routines.count)") }
        if applied.isEmpty { lines.append("The database is current; there was nothing to do.") }
        if !notes.isEmpty { lines += ["Rows that had to be changed:"] + notes.map { "  \($0)" } }
        try DatabaseCommands.show(
            arguments, text: lines.joined(separator: "\n"),
            .object([
                "applied": .list(applied.migrations.map { .string($0) }), "routines": .list(applied.routines.map { .string($0) }),
                "changed": .list(notes.map { .string($0) }),
            ]))
    }

    private static func version(_ version: ProgramVersion?) -> InputValue { version.map { .string($0.description) } ?? .null }
}
