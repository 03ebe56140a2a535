internal import CustomerOS
internal import GraphQL
internal import Postgres

/// `version`: this program and its components.
enum VersionCommand {
    static let command = Command("version", "Print the versions of the program and its components.") { arguments in
        let migration = API.migrations.map(\.name).max() ?? ""
        try DatabaseCommands.show(
            arguments,
            text: """
                customeros-api \(Program.version)
                Swift \(Program.compilerVersion), libpq \(ClientLibrary.version)
                Schema of the database: \(migration)
                """,
            .object([
                "version": .string(Program.version), "released": .string(Program.releaseDate), "swift": .string(Program.compilerVersion),
                "libpq": .string(ClientLibrary.version), "schema": .string(migration),
                "migrations": .integer(Int64(API.migrations.count)),
            ]))
    }
}
