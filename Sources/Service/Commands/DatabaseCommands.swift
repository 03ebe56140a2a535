internal import CustomerOS
internal import FoundationEssentials
internal import Glibc
internal import GraphQL
internal import Postgres

/// Shared by the commands that work on the database.
enum DatabaseCommands {
    static let databaseURL = Option(
        "database-url", value: "URL", environment: "DATABASE_URL", "The PostgreSQL server, as a libpq connection string", kind: .connection,
        default: "the embedded one")
    static let dataDirectory = Option(
        "data-dir", value: "FOLDER", environment: "DATA_DIR", "The folder of the embedded PostgreSQL", kind: .folder,
        default: ".data")
    static let common = [databaseURL, dataDirectory]

    /// Connects to the given database, or to the embedded one: a running server's, or one started for the duration of
    /// the command.
    /// - Parameter creates: Whether to create a missing embedded database. Only commands that write to it do.
    static func withConnection<Value>(
        _ arguments: Arguments, creates: Bool = false, _ body: (BlockingConnection) throws -> Value
    ) throws -> Value {
        try withConnection(arguments, creates: creates) { connection, _ in try body(connection) }
    }

    /// As `withConnection`, for a database of this version. The embedded one is migrated unless a server is using it,
    /// which may have another version; that one, and a given one, must already have it.
    static func withCurrentDatabase<Value>(
        _ arguments: Arguments, creates: Bool = false, _ body: (BlockingConnection) throws -> Value
    ) throws -> Value {
        try withConnection(arguments, creates: creates) { connection, isOurs in
            let migrator = try API.migrator(on: connection)
            if isOurs {
                _ = try migrator.apply()
            } else {
                let status = try migrator.status()
                guard status.isCurrent else { throw OldSchema(status: status) }
            }
            return try body(connection)
        }
    }

    /// Also tells whether the database was started for this command.
    private static func withConnection<Value>(
        _ arguments: Arguments, creates: Bool, _ body: (BlockingConnection, _ isOurs: Bool) throws -> Value
    ) throws -> Value {
        func connection(_ text: String) throws -> BlockingConnection {
            try BlockingConnection(DatabaseConfiguration(connectionString: text))
        }
        let dataDirectory = arguments.text("data-dir") ?? ".data"
        if let other = try arguments.text("database-url") ?? EmbeddedCluster.running(dataDirectory: dataDirectory) {
            return try body(connection(other), false)
        }
        guard creates || EmbeddedCluster.exists(dataDirectory: dataDirectory) else { throw NoDatabase(folder: dataDirectory) }
        let cluster = try EmbeddedCluster.start(dataDirectory: dataDirectory)
        defer { cluster.stop() }
        return try body(connection(cluster.connectionString), true)
    }

    struct NoDatabase: Error, CustomStringConvertible {
        let folder: String

        var description: String {
            """
            There is no embedded database in \(URL(filePath: folder).path). Name the folder of one with --data-dir or DATA_DIR, or a server \
            with --database-url or DATABASE_URL. The first `customeros-api serve` makes one.
            """
        }
    }

    private struct OldSchema: Error, CustomStringConvertible {
        let status: Migrator.Status

        var description: String { "\(status.lack) Run `customeros-api migrate`." }
    }

    /// For commands that store a name.
    static func checkName(_ text: String, _ what: String, mayBeEmpty: Bool = false) throws(UsageError) {
        if let problem = Administration.problem(withName: text, mayBeEmpty: mayBeEmpty) { throw UsageError("\(what) \(problem).") }
    }

    static func operand(_ arguments: Arguments, _ name: String) throws -> String {
        guard arguments.positional.count == 1 else { throw UsageError("This command takes one argument: \(name).") }
        guard !arguments.positional[0].isEmpty else { throw UsageError("The argument \(name) is empty.") }
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
