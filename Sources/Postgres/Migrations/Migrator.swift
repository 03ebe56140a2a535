/// Brings a database to the schema that the program was written for.
///
/// Each migration is applied once, in a transaction of its own, while an advisory lock keeps every other migrator
/// waiting. Routines are applied whenever their texts change, each after those that it names, in the transaction of the
/// last pending migration, or in one of their own. Checksums of what was applied are kept in the tables
/// `schema_migration`, which the migrator makes, and `schema_routine`, which a migration has to make before there are
/// routines.
public struct Migrator {
    public enum Failure: Error, CustomStringConvertible {
        /// A migration that was applied has another text now.
        case changed(name: String)
        /// The database has a later program's migration with which this version is not compatible.
        case unknown(number: Int, name: String)
        /// A migration comes before one that was applied already.
        case late(name: String, applied: String)
        case ring([String])
        /// The line is that of the place PostgreSQL names, or else the first of the statement.
        case failed(file: String, line: Int, reason: String)

        public var description: String {
            switch self {
            case .changed(let name):
                "The migration \(name) was applied with a different text. Use the program version that applied it, or restore a backup."
            case .unknown(let number, let name):
                "The database has the migration \(number) (\(name)), which this program does not know. Use a newer program version."
            case .late(let name, let applied):
                "The migration \(name) comes too late: the database already has \(applied). Give it the next free number."
            case .ring(let names):
                "Routines refer to each other in a cycle, so none can be created first: \(names.joined(separator: " → "))."
            case .failed(let file, let line, let reason):
                "\(file), line \(line), failed, and its transaction changed nothing: \(reason)"
            }
        }
    }

    /// What a database has of the migrations and routines.
    public struct Status: Sendable {
        /// A later program's migration with which this one is compatible.
        public struct Newer: Sendable {
            public let name: String
            public let compatibleFrom: ProgramVersion
        }

        public let applied: [String]
        public let pending: [String]
        /// In the order in which they will be applied.
        public let pendingRoutines: [String]
        public let newer: [Newer]

        public var isCurrent: Bool { pending.isEmpty && pendingRoutines.isEmpty }

        /// What a database lacks that is not current, for an operator.
        public var lack: String {
            let migrations = pending.isEmpty ? nil : "\(pending.count) migrations (\(pending.joined(separator: ", ")))"
            let routines = pendingRoutines.isEmpty ? nil : "the current text of \(pendingRoutines.count) routines"
            return "The database lacks " + [migrations, routines].compactMap(\.self).joined(separator: " and ") + "."
        }
    }

    private let migrations: [Migration]
    private let routines: [Routine]
    private let version: ProgramVersion?
    private let unorderedUntil: Int
    private let connection: BlockingConnection

    /// - Parameters:
    ///   - version: That of the program. Routines that a later version has applied are left as they are.
    ///   - unorderedUntil: Migrations up to this number may come after one with a greater number.
    public init(
        _ migrations: [Migration], routines: [Routine] = [], version: ProgramVersion? = nil, unorderedUntil: Int = 0,
        on connection: BlockingConnection
    ) {
        self.migrations = migrations.sorted { $0.number < $1.number }
        self.routines = routines
        self.version = version
        self.unorderedUntil = unorderedUntil
        self.connection = connection
    }

    // MARK: Status

    /// Compares without changing anything.
    /// - Throws: `Failure` when the database does not belong to this program.
    public func status() throws -> Status {
        var applied: Set<Int> = []
        var newer: [Status.Newer] = []
        var last: (number: Int, name: String)?
        if try exists("schema_migration") {
            let checksums = try checksums(of: migrations.map(\.sql))
            // The column may not be there yet.
            let rows = try connection.run(
                "SELECT number, name, checksum, to_jsonb(m) ->> 'compatible_from' FROM schema_migration m ORDER BY number")
            for row in 0..<rows.rowCount {
                let number = Int(rows.text(row, 0) ?? "") ?? 0
                let name = rows.text(row, 1) ?? ""
                last = (number, name)
                if let index = migrations.firstIndex(where: { $0.number == number }) {
                    guard rows.text(row, 2) == checksums[index] else { throw Failure.changed(name: migrations[index].name) }
                    applied.insert(number)
                } else if let version, let oldest = rows.text(row, 3).flatMap({ ProgramVersion($0) }), oldest <= version {
                    newer.append(Status.Newer(name: name, compatibleFrom: oldest))
                } else {
                    throw Failure.unknown(number: number, name: name)
                }
            }
        }
        let pending = migrations.filter { !applied.contains($0.number) }
        if let last, let late = pending.first(where: { $0.number > unorderedUntil && $0.number < last.number }) {
            throw Failure.late(name: late.name, applied: last.name)
        }
        return Status(
            applied: migrations.filter { applied.contains($0.number) }.map(\.name), pending: pending.map(\.name),
            pendingRoutines: try pendingRoutines().map(\.name), newer: newer)
    }

    /// Those that the database lacks, or has with another text of this version or an earlier one.
    private func pendingRoutines() throws -> [Routine] {
        guard !routines.isEmpty else { return [] }
        let ordered: [Routine]
        do {
            ordered = try Routine.ordered(routines)
        } catch {
            throw Failure.ring(error.names)
        }
        guard try exists("schema_routine") else { return ordered }
        let checksums = try checksums(of: ordered.map(\.sql))
        let rows = try connection.run(
            """
            SELECT r.name, r.checksum, r.version FROM schema_routine r WHERE EXISTS ( \
            SELECT FROM pg_proc WHERE proname = r.name AND pronamespace = current_schema()::regnamespace \
            UNION ALL SELECT FROM pg_class WHERE relname = r.name AND relkind = 'v' AND relnamespace = current_schema()::regnamespace \
            UNION ALL SELECT FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid \
            WHERE t.tgname = r.name AND NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace)
            """)
        var present: [String: (checksum: String, version: ProgramVersion?)] = [:]
        for row in 0..<rows.rowCount {
            present[rows.text(row, 0) ?? ""] = (rows.text(row, 1) ?? "", rows.text(row, 2).flatMap { ProgramVersion($0) })
        }
        return zip(ordered, checksums).filter { routine, checksum in
            guard let (theirs, from) = present[routine.name] else { return true }
            guard theirs != checksum else { return false }
            guard let version, let from else { return true }
            return from <= version
        }.map(\.0)
    }

    private func exists(_ table: String) throws -> Bool {
        try connection.run("SELECT to_regclass($1) IS NOT NULL", [.text(table)]).text(0, 0) == "t"
    }

    // MARK: Applying

    /// The migration that comes next, and how many there are to apply.
    public struct Progress: Sendable {
        public let name: String
        /// The first is 1.
        public let index: Int
        public let count: Int
    }

    /// The names of what was applied.
    public struct Applied: Sendable {
        public internal(set) var migrations: [String] = []
        public internal(set) var routines: [String] = []

        public var isEmpty: Bool { migrations.isEmpty && routines.isEmpty }
    }

    /// Applies what is pending. Others that do the same meanwhile wait.
    /// - Parameter report: Is called before each migration, and before routines when only they are pending.
    public func apply(report: (Progress) -> Void = { _ in }) throws -> Applied {
        // A migration may take longer than a request's statement.
        try connection.run("SET statement_timeout = 0")
        try connection.run("SELECT pg_advisory_lock(hashtextextended('customeros-api migrations', 0))")
        defer { _ = try? connection.run("SELECT pg_advisory_unlock(hashtextextended('customeros-api migrations', 0))") }
        try connection.run(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, \
            applied_at timestamptz NOT NULL DEFAULT now())
            """)
        let status = try status()
        let pending = migrations.filter { status.pending.contains($0.name) }
        var applied = Applied()
        for (index, migration) in pending.enumerated() {
            report(Progress(name: migration.name, index: index + 1, count: pending.count))
            try connection.transaction {
                try apply(migration)
                if index == pending.count - 1 { applied.routines = try applyRoutines() }
            }
            applied.migrations.append(migration.name)
        }
        if pending.isEmpty, !status.pendingRoutines.isEmpty {
            report(Progress(name: "routines", index: 1, count: 1))
            applied.routines = try connection.transaction { try applyRoutines() }
        }
        return applied
    }

    private func apply(_ migration: Migration) throws {
        try run(migration.sql, file: migration.file)
        try connection.run(
            "INSERT INTO schema_migration (number, name, checksum) VALUES ($1::integer, $2, encode(sha256(convert_to($3, 'UTF8')), 'hex'))",
            [.text(String(migration.number)), .text(migration.name), .text(migration.sql)])
        if let oldest = migration.compatibleFrom {
            try connection.run(
                "UPDATE schema_migration SET compatible_from = $2 WHERE number = $1::integer",
                [.text(String(migration.number)), .text(oldest.description)])
        }
    }

    /// A migration may have dropped some of them, so that it is seen only now which are pending.
    private func applyRoutines() throws -> [String] {
        let pending = try pendingRoutines()
        for routine in pending {
            try run(routine.sql, file: routine.file)
            try connection.run(
                """
                INSERT INTO schema_routine (name, checksum, version) VALUES ($1, encode(sha256(convert_to($2, 'UTF8')), 'hex'), $3) \
                ON CONFLICT (name) DO UPDATE SET checksum = excluded.checksum, version = excluded.version, applied_at = now()
                """, [.text(routine.name), .text(routine.sql), .text(version?.description ?? "")])
        }
        return pending.map(\.name)
    }

    /// Runs a script one statement at a time.
    private func run(_ script: String, file: String) throws(Failure) {
        for statement in SQLScript(script).statements {
            do {
                try connection.runScript(statement.text)
            } catch {
                let before = statement.text.unicodeScalars.prefix(max(0, (error.position ?? 1) - 1))
                let line = statement.line + before.count { $0 == "\n" }
                throw Failure.failed(file: file, line: line, reason: error.description)
            }
        }
    }

    // MARK: What has changed

    /// What these migrations had to change in rows that were there, each with how many there were.
    public func notes(of names: [String]) throws -> [String] {
        guard try exists("migration_note") else { return [] }
        let numbers = migrations.filter { names.contains($0.name) }.map { String($0.number) }
        let rows = try connection.run(
            "SELECT note || ': ' || rows FROM migration_note WHERE migration = ANY ($1::integer[]) ORDER BY migration, note",
            [.text("{\(numbers.joined(separator: ","))}")])
        return (0..<rows.rowCount).map { rows.text($0, 0) ?? "" }
    }

    private func checksums(of texts: [String]) throws -> [String] {
        let elements = texts.map { text in
            "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }
        let rows = try connection.run(
            "SELECT encode(sha256(convert_to(text, 'UTF8')), 'hex') FROM unnest($1::text[]) WITH ORDINALITY given (text, place) ORDER BY place",
            [.text("{\(elements.joined(separator: ","))}")])
        return (0..<rows.rowCount).map { rows.text($0, 0) ?? "" }
    }
}
