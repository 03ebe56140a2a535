internal import GraphQL
public import Postgres
internal import Records

/// Imports a file of records, one JSON object per line, into a tenant: `docs/import.md` describes the lines.
///
/// Lines are processed in batches: each is copied into temporary tables, checked, and merged into the store in one
/// transaction, which also records the position in the file. However an import ends, the next one resumes there.
public final class Importer {
    public struct Outcome: Sendable {
        public internal(set) var lines = 0
        public internal(set) var created = 0
        public internal(set) var changed = 0
        public internal(set) var unchanged = 0
        public internal(set) var refused = 0
        /// How many lines were refused, by reason.
        public internal(set) var reasons: [ImportReason: Int] = [:]
        /// How many values were dropped, by member.
        public internal(set) var dropped: [String: Int] = [:]
        /// Users created because lines name them as owners.
        public internal(set) var users = 0
        /// The line after which an earlier import ended.
        public internal(set) var resumedAfter = 0
    }

    /// A line that was not imported.
    public struct RefusedLine: Sendable {
        public let line: Int
        public let externalID: String?
        public let reason: ImportReason
        public let message: String
    }

    public enum Failure: Error, CustomStringConvertible {
        case noTenant(String), isRunning(String), format(file: String, String)

        public var description: String {
            switch self {
            case .noTenant(let name): "There is no tenant called \(name). `customeros-api tenant list` shows what there is."
            case .isRunning(let name): "Another import into the tenant \(name) is running. Wait for it to finish."
            case .format(let file, let explanation): "\(file) \(explanation)."
            }
        }
    }

    private static let batchSize = 5_000
    /// The bytes of lines after which a batch is stored.
    private static let batchLength = 32 * 1024 * 1024
    private static let digestLength = 4_096
    private static let attempts = 5

    private let connection: BlockingConnection
    private let tenant: Parameter
    private let options: ImportOptions
    /// The list of shared hosts at the start of the import.
    private let sharedHosts: Set<String>
    private let refuse: (RefusedLine) throws -> Void
    private let keep: () throws -> Void
    private let report: (_ lines: Int, _ bytes: Int, _ of: Int) -> Void
    private var outcome = Outcome()
    private var createdOfKind: [String: Int] = [:]
    private var analyzedOfKind: [String: Int] = [:]

    /// - Parameter refuse: Called for each line that is not imported. Lines of a batch during which an import ends are
    ///   repeated when it resumes.
    /// - Parameter keep: Makes what `refuse` was given outlast the program: nothing of it comes again once its batch is
    ///   remembered as done. It is called before that, and when the import fails.
    /// - Parameter report: Called after each batch with the progress.
    public init(
        _ connection: BlockingConnection, tenant name: String, options: ImportOptions = ImportOptions(),
        refuse: @escaping (RefusedLine) throws -> Void, keep: @escaping () throws -> Void = {},
        report: @escaping (_ lines: Int, _ bytes: Int, _ of: Int) -> Void = { _, _, _ in }
    ) throws {
        self.connection = connection
        self.options = options
        self.refuse = refuse
        self.keep = keep
        self.report = report
        try connection.runScript("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0")
        guard let id = try connection.run("SELECT id FROM tenant WHERE name = $1 AND state = 'LIVE'", [.text(name)]).text(0, 0) else {
            throw Failure.noTenant(name)
        }
        tenant = .text(id)
        sharedHosts = Set(try connection.run("SELECT pattern FROM shared_host").texts)
        let lock = try connection.run("SELECT pg_try_advisory_lock(hashtextextended('customeros-api import', $1::integer))", [tenant])
        guard lock.text(0, 0) == "t" else { throw Failure.isRunning(name) }
        // A batch looks up the rows it refers to instead of scanning tables, which may be new to the planner. The
        // position in the file is written after the data: a crash that loses the last moments loses both.
        try connection.runScript("SET enable_seqscan = off; SET enable_mergejoin = off; SET jit = off; SET synchronous_commit = off")
        try connection.run("SELECT set_config('customeros.import_system', $1, false)", [.text(options.system ?? "")])
        for statement in ImportStaging.createCommon + ImportStaging.all.flatMap(\.create) { try connection.run(statement) }
    }

    deinit {
        // Closing the connection does this too, but only after a while.
        _ = try? connection.run("SELECT pg_advisory_unlock(hashtextextended('customeros-api import', $1::integer))", [tenant])
    }

    /// Imports a file, resuming where an earlier import of it ended.
    /// - Parameter path: `-` is standard input, which is always read from the start.
    /// - Parameter fresh: Always starts with the first line.
    /// - Parameter begin: Called first with the line after which the import starts.
    public func run(_ path: String, fresh: Bool = false, begin: (_ after: Int) throws -> Void = { _ in }) throws -> Outcome {
        let file = try LineFile(path, limit: options.lineLimit)
        if let format = FileFormat(beginning: try file.peek(FileFormat.length)) {
            throw Failure.format(file: path == "-" ? "Standard input" : path, format.explanation)
        }
        outcome = Outcome()
        guard options.isDryRun else {
            try read(file, from: fresh || !file.isRegular ? 0 : resume(file), begin)
            try connection.run(
                "DELETE FROM import_progress WHERE tenant_id = $1::integer AND file = $2", [tenant, .text(file.realPath)])
            try connection.run("SELECT kept_count_compact($1::integer)", [tenant])
            return outcome
        }
        // A batch sees what earlier ones brought, and everything is rolled back at the end.
        try connection.run("BEGIN")
        defer { _ = try? connection.run("ROLLBACK") }
        try read(file, from: 0, begin)
        return outcome
    }

    private func read(_ file: LineFile, from known: Int, _ begin: (_ after: Int) throws -> Void) throws {
        outcome.resumedAfter = known
        try begin(known)
        do { try readBatches(file, from: known) } catch {
            // Report what ended the import, not a subsequent write error.
            try? keep()
            throw error
        }
    }

    private func readBatches(_ file: LineFile, from known: Int) throws {
        var line = known
        var batch: [ImportRecord] = []
        var identities: Set<String> = []
        var (read, start) = (0, file.offset)
        while true {
            let end = file.offset
            let next = try file.next()
            let record = try next.flatMap { try judge($0, line + 1) }
            // Two lines of a batch must not be the same record.
            let isKnown = record.map { identities.contains($0.identity) } ?? false
            if next == nil || isKnown || batch.count == Self.batchSize || read == Self.batchSize * 4 || end - start >= Self.batchLength {
                try merge(batch)
                try keep()
                try remember(file, bytes: end, lines: line)
                report(line, end, file.size)
                batch.removeAll(keepingCapacity: true)
                identities.removeAll(keepingCapacity: true)
                (read, start) = (0, end)
            }
            guard next != nil else { return }
            line += 1
            read += 1
            if let record {
                batch.append(record)
                identities.insert(record.identity)
            }
        }
    }

    /// The record of a line, or nil if it has none or is refused.
    private func judge(_ next: LineFile.Line, _ line: Int) throws -> ImportRecord? {
        var bytes: [UInt8] = []
        if case .text(let text) = next {
            guard !text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return nil }
            bytes = text
        }
        outcome.lines += 1
        do throws(ImportRefusal) {
            if case .tooLong = next { throw ImportRefusal("the line is longer than \(options.lineLimit) bytes", reason: .tooLong) }
            let record = try ImportRecord(bytes, line: line, options: options, sharedHosts: sharedHosts)
            return record
        } catch {
            let identity = ImportRecord.identity(bytes, options)
            try tell(line, kind: identity.type, identity.externalID, error)
            return nil
        }
    }

    // MARK: The position in the file

    private func resume(_ file: LineFile) throws -> Int {
        let known = try connection.run(
            "SELECT bytes, lines, digest FROM import_progress WHERE tenant_id = $1::integer AND file = $2 AND system = $3",
            [tenant, .text(file.realPath), .text(options.system ?? "")])
        guard let bytes = known.text(0, 0).flatMap(Int.init), let lines = known.text(0, 1).flatMap(Int.init), bytes <= file.size,
            digest(file, bytes) == known.text(0, 2)
        else { return 0 }
        file.seek(to: bytes)
        return lines
    }

    private func remember(_ file: LineFile, bytes: Int, lines: Int) throws {
        guard file.isRegular, !options.isDryRun else { return }
        try connection.run(
            """
            INSERT INTO import_progress (tenant_id, file, system, bytes, lines, digest) \
            VALUES ($1::integer, $2, $3, $4::bigint, $5::bigint, $6::bytea) ON CONFLICT (tenant_id, file) DO UPDATE \
            SET system = excluded.system, bytes = excluded.bytes, lines = excluded.lines, digest = excluded.digest, updated_at = now()
            """,
            [
                tenant, .text(file.realPath), .text(options.system ?? ""), .text(String(bytes)), .text(String(lines)),
                .text(digest(file, bytes)),
            ])
    }

    /// SHA-256 of what precedes an offset, in PostgreSQL's `bytea` form.
    private func digest(_ file: LineFile, _ end: Int) -> String {
        "\\x" + SHA256.text(file.bytes(before: end, count: Self.digestLength))
    }

    // MARK: Batches

    /// Merges lines in one transaction. If the database cannot hold a value, the halves are tried, down to the
    /// offending line.
    private func merge(_ batch: [ImportRecord]) throws {
        guard let first = batch.first else { return }
        for attempt in 1... {
            do {
                let merged = try atomically {
                    try ImportBatch(records: batch, connection: connection, tenant: tenant, options: options).merge()
                }
                return try take(merged, of: batch)
            } catch is ImportBatch.LostRace where attempt < Self.attempts {
                continue
            } catch let failure as BlockingConnection.Failure where failure.sqlState.hasPrefix("40") && attempt < Self.attempts {
                continue
            } catch let failure as BlockingConnection.Failure where !["22", "23", "40", "54"].contains(failure.sqlState.prefix(2)) {
                throw failure
            } catch let failure as BlockingConnection.Failure
                where failure.sqlState == "23505" && attempt < Self.attempts && batch.count > 1
            {
                // Another transaction has taken a code or domain meanwhile.
                continue
            } catch {
                guard batch.count > 1 else { return try tell(first, Self.refusal(error)) }
                let middle = batch.count / 2
                try merge(Array(batch[..<middle]))
                return try merge(Array(batch[middle...]))
            }
        }
    }

    private static func refusal(_ error: any Error) -> ImportRefusal {
        let reason = error is ImportBatch.LostRace ? "others kept changing the same records" : "\(error)"
        return ImportRefusal("the database cannot store it: \(reason)", reason: .database)
    }

    /// In a transaction of its own; in a dry run, which is one transaction, in a savepoint.
    private func atomically<Value>(_ body: () throws -> Value) throws -> Value {
        guard options.isDryRun else { return try connection.transaction(body) }
        try connection.run("SAVEPOINT batch")
        do {
            let value = try body()
            try connection.run("RELEASE SAVEPOINT batch")
            return value
        } catch {
            try connection.runScript("ROLLBACK TO SAVEPOINT batch; RELEASE SAVEPOINT batch")
            throw error
        }
    }

    private func take(_ merged: ImportBatch.Outcome, of batch: [ImportRecord]) throws {
        let lines = Dictionary(uniqueKeysWithValues: batch.map { ($0.line, $0) })
        for (line, refusal) in merged.refused { try tell(line, kind: nil, lines[line]?.externalID, refusal) }
        let repeated = merged.repeated.map { $0.compactMap { lines[$0] } }
        let left = Set(merged.refused.map(\.line) + repeated.joined().map(\.line))
        for record in batch where !left.contains(record.line) {
            for member in record.dropped { outcome.dropped[member, default: 0] += 1 }
        }
        outcome.dropped.merge(merged.dropped, uniquingKeysWith: +)
        outcome.users += merged.users
        let created = merged.created.values.reduce(0, +)
        outcome.created += created
        outcome.changed += merged.changed
        outcome.unchanged += batch.count - left.count - created - merged.changed
        try analyze(merged.created)
        for records in repeated { try merge(records) }
    }

    /// Statistics of a growing tenant are soon outdated, and an unknown tenant looks empty to the planner: analyze
    /// again each time the records of a kind have doubled.
    private func analyze(_ created: [String: Int]) throws {
        // Others never plan for a dry run's data.
        guard !options.isDryRun else { return }
        for kind in ImportKind.all {
            guard let count = created[kind.name], count > 0 else { continue }
            let total = createdOfKind[kind.name, default: 0] + count
            createdOfKind[kind.name] = total
            guard total >= analyzedOfKind[kind.name, default: 0] * 2 else { continue }
            analyzedOfKind[kind.name] = total
            try connection.run("ANALYZE \(kind.tables)")
        }
    }

    private func tell(_ record: ImportRecord, _ refusal: ImportRefusal) throws {
        try tell(record.line, kind: record.kind.name, record.externalID, refusal)
    }

    /// - Parameter kind: Set for an organization not yet known as refused.
    private func tell(_ line: Int, kind: String?, _ externalID: String?, _ refusal: ImportRefusal) throws {
        if kind == "organization", let externalID { try ImportBatch.remember([(externalID, line, refusal.message)], connection) }
        outcome.refused += 1
        outcome.reasons[refusal.reason, default: 0] += 1
        try refuse(RefusedLine(line: line, externalID: externalID, reason: refusal.reason, message: refusal.message))
    }
}
