internal import GraphQL
internal import Postgres

/// `database upgrade`: moves the embedded database to a newer PostgreSQL.
enum UpgradeCommand {
    static let command = Command(
        "database upgrade", "Move the embedded database to a newer major version of PostgreSQL. The old files are kept.",
        options: [
            DatabaseCommands.dataDirectory,
            Option("to", value: "VERSION", "The major version", kind: .number(15...99), default: "the newest that is installed"),
        ]
    ) { arguments in
        let folder = arguments.text("data-dir") ?? ".data"
        guard EmbeddedCluster.exists(dataDirectory: folder) else { throw DatabaseCommands.NoDatabase(folder: folder) }
        let progress = TerminalProgress()
        defer { progress.finish() }
        let upgrade = try EmbeddedCluster.upgrade(dataDirectory: folder, to: arguments.number("to")) { progress.show($0) }
        progress.finish()
        guard let upgrade else {
            return try DatabaseCommands.show(
                arguments, text: "The embedded database already has that version; there was nothing to do.",
                .object(["upgraded": .boolean(false)]))
        }
        try DatabaseCommands.show(
            arguments,
            text: """
                The embedded database is one of PostgreSQL \(upgrade.to) now; \(upgrade.tables) tables have as many rows as before. \
                The old one, of PostgreSQL \(upgrade.from), is kept in \(upgrade.oldCluster): remove it when you need it no more.
                """,
            .object([
                "upgraded": .boolean(true), "from": .integer(Int64(upgrade.from)), "to": .integer(Int64(upgrade.to)),
                "tables": .integer(Int64(upgrade.tables)), "kept": .string(upgrade.oldCluster),
            ]))
    }
}
