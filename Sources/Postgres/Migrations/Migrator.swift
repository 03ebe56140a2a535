/// A step of the store's schema, as it is built into the program.
public struct Migration: Sendable, Equatable {
    public let number: Int
    /// `0001_shared`: the file's name without its ending.
    public let name: String
    public let sql: String

    public init(number: Int, name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
    }
}

/// Brings a database to the schema that the program was written for.
///
/// Each migration is applied once, in a transaction of its own, while an advisory lock keeps every other migrator waiting. What
/// was applied is written down with a checksum.
public struct Migrator {
    public enum Failure: Error, CustomStringConvertible {
        /// A migration that was applied has another text now.
        case changed(name: String)
        /// The database has a migration that this program does not know: it is of a later version.
        case unknown(number: Int, name: String)
        case failed(name: String, reason: String)

        public var description: String {
            switch self {
            case .changed(let name):
                "The migration \(name) was applied with another text. Use the program version that applied it, or restore a backup."
            case .unknown(let number, let name):
                "The database has the migration \(number) (\(name)), which this program does not know. Use a newer program version."
            case .failed(let name, let reason):
                "The migration \(name) failed and changed nothing: \(reason)"
            }
        }
    }

    /// What a database has of the migrations.
    public struct Status: Sendable {
        public let applied: [String]
        public let pending: [String]

        public var isCurrent: Bool { pending.isEmpty }
    }

    private let migrations: [Migration]
    private let connection: BlockingConnection

    public init(_ migrations: [Migration], on connection: BlockingConnection) {
        self.migrations = migrations.sorted { $0.number < $1.number }
        self.connection = connection
    }

    /// Compares without changing anything.
    /// - Throws: `Failure.changed` or `Failure.unknown` when the database does not belong to this program.
    public func status() throws -> Status {
        let exists = try connection.run("SELECT to_regclass('schema_migration') IS NOT NULL")
        guard exists.text(0, 0) == "t" else { return Status(applied: [], pending: migrations.map(\.name)) }
        let rows = try connection.run("SELECT number, name, checksum FROM schema_migration ORDER BY number")
        var applied: Set<Int> = []
        for row in 0..<rows.rowCount {
            let number = Int(rows.text(row, 0) ?? "") ?? 0
            guard let migration = migrations.first(where: { $0.number == number }) else {
                throw Failure.unknown(number: number, name: rows.text(row, 1) ?? "")
            }
            guard rows.text(row, 2) == (try checksum(migration)) else { throw Failure.changed(name: migration.name) }
            applied.insert(number)
        }
        return Status(
            applied: migrations.filter { applied.contains($0.number) }.map(\.name),
            pending: migrations.filter { !applied.contains($0.number) }.map(\.name))
    }

    /// The migration that comes next, and how many there are to apply.
    public struct Progress: Sendable {
        public let name: String
        /// The first is 1.
        public let index: Int
        public let count: Int
    }

    /// Applies what is pending, and gives the names of what it applied. Others that do the same meanwhile wait.
    /// - Parameter report: Is told before each migration.
    public func apply(report: (Progress) -> Void = { _ in }) throws -> [String] {
        // A migration may take longer than a request's statement.
        try connection.run("SET statement_timeout = 0")
        try connection.run("SELECT pg_advisory_lock(hashtextextended('customeros-api migrations', 0))")
        defer { _ = try? connection.run("SELECT pg_advisory_unlock(hashtextextended('customeros-api migrations', 0))") }
        try connection.run(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, \
            applied_at timestamptz NOT NULL DEFAULT now())
            """)
        let names = Set(try status().pending)
        let pending = migrations.filter { names.contains($0.name) }
        for (index, migration) in pending.enumerated() {
            report(Progress(name: migration.name, index: index + 1, count: pending.count))
            try apply(migration)
        }
        return pending.map(\.name)
    }

    /// What these migrations had to change in rows that were there, each with how many there were.
    public func notes(of names: [String]) throws -> [String] {
        guard try connection.run("SELECT to_regclass('migration_note') IS NOT NULL").text(0, 0) == "t" else { return [] }
        let numbers = migrations.filter { names.contains($0.name) }.map { String($0.number) }
        let rows = try connection.run(
            "SELECT note || ': ' || rows FROM migration_note WHERE migration = ANY ($1::integer[]) ORDER BY migration, note",
            [.text("{\(numbers.joined(separator: ","))}")])
        return (0..<rows.rowCount).map { rows.text($0, 0) ?? "" }
    }

    private func apply(_ migration: Migration) throws {
        do {
            try connection.transaction {
                try connection.runScript(migration.sql)
                try connection.run(
                    "INSERT INTO schema_migration (number, name, checksum) VALUES ($1::integer, $2, encode(sha256(convert_to($3, 'UTF8')), 'hex'))",
                    [.text(String(migration.number)), .text(migration.name), .text(migration.sql)])
            }
        } catch let error as BlockingConnection.Failure {
            throw Failure.failed(name: migration.name, reason: error.description)
        }
    }

    private func checksum(_ migration: Migration) throws -> String? {
        try connection.run("SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex')", [.text(migration.sql)]).text(0, 0)
    }
}
