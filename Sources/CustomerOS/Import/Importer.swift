internal import GraphQL
public import Postgres

/// Takes a file of records, one JSON object a line, into a tenant: `docs/import.md` describes the lines.
///
/// Lines come in batches: each is copied into temporary tables, judged, and merged into the store in one transaction; then it is written
/// down how far the file has come. Whatever ends an import, it goes on there the next time.
public final class Importer {
    public struct Outcome: Sendable {
        public internal(set) var lines = 0
        public internal(set) var created = 0
        public internal(set) var changed = 0
        public internal(set) var unchanged = 0
        public internal(set) var refused = 0
        /// The line after which an earlier import had ended.
        public internal(set) var resumedAfter = 0
    }

    /// A line that was not imported.
    public struct RefusedLine: Sendable {
        public let line: Int
        public let externalID: String?
        public let message: String
    }

    public enum Failure: Error, CustomStringConvertible {
        case noTenant(String), isRunning(String)

        public var description: String {
            switch self {
            case .noTenant(let name): "There is no tenant called \(name). `customeros-api tenant list` shows what there is."
            case .isRunning(let name): "Another import into the tenant \(name) is running. Wait for its end."
            }
        }
    }

    private static let batchSize = 5_000
    private static let digestLength = 4_096
    private static let attempts = 3

    private let connection: BlockingConnection
    private let tenant: Parameter
    private let takesOwners: Bool
    private let refuse: (RefusedLine) throws -> Void
    private let report: (_ lines: Int, _ bytes: Int, _ of: Int) -> Void
    private var outcome = Outcome()
    private var createdOfKind: [String: Int] = [:]
    private var analyzedOfKind: [String: Int] = [:]

    /// - Parameter takesOwners: Whether the users who own records must be there; else records keep the owners that they have.
    /// - Parameter refuse: Is told of each line that is not imported, before the batch that it belongs to is stored.
    /// - Parameter report: Is told after each batch how far the file has come.
    public init(
        _ connection: BlockingConnection, tenant name: String, takesOwners: Bool = true, refuse: @escaping (RefusedLine) throws -> Void,
        report: @escaping (_ lines: Int, _ bytes: Int, _ of: Int) -> Void = { _, _, _ in }
    ) throws {
        self.connection = connection
        self.takesOwners = takesOwners
        self.refuse = refuse
        self.report = report
        try connection.run("SET statement_timeout = 0")
        guard let id = try connection.run("SELECT id FROM tenant WHERE name = $1 AND state = 'LIVE'", [.text(name)]).text(0, 0) else {
            throw Failure.noTenant(name)
        }
        tenant = .text(id)
        let lock = try connection.run("SELECT pg_try_advisory_lock(hashtextextended('customeros-api import', $1::integer))", [tenant])
        guard lock.text(0, 0) == "t" else { throw Failure.isRunning(name) }
        // A batch looks at the rows that it speaks of, and does not walk through the tables that it is merged into, which may be new to the
        // planner. How far the file has come is written after what it brought: a crash that loses the last moments of it loses both.
        try connection.runScript("SET enable_seqscan = off; SET enable_mergejoin = off; SET jit = off; SET synchronous_commit = off")
        for statement in ImportStaging.createCommon + ImportStaging.all.flatMap(\.create) { try connection.run(statement) }
    }

    deinit {
        // The end of the connection does it too, but only some time after it was closed.
        _ = try? connection.run("SELECT pg_advisory_unlock(hashtextextended('customeros-api import', $1::integer))", [tenant])
    }

    /// Imports a file, from where an earlier import of it has ended.
    /// - Parameter fresh: Begins with the first line in any case.
    /// - Parameter begin: Is told first after which line the import begins.
    public func run(_ path: String, fresh: Bool = false, begin: (_ after: Int) throws -> Void = { _ in }) throws -> Outcome {
        let file = try LineFile(path)
        let name = file.realPath
        outcome = Outcome()
        var line = fresh ? 0 : try resume(file, name)
        outcome.resumedAfter = line
        try begin(line)
        var batch: [ImportRecord] = []
        var identities: Set<String> = []
        var read = 0
        while true {
            let end = file.offset
            let bytes = try file.next()
            var record: ImportRecord?
            if let bytes, !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
                outcome.lines += 1
                do throws(ImportRefusal) {
                    record = try ImportRecord(bytes, line: line + 1, takesOwner: takesOwners)
                } catch {
                    try tell(line + 1, ImportRecord.key(bytes), error.message)
                }
            }
            // Two lines of one batch must not be the same record.
            let isKnown = record?.identities.contains(where: identities.contains) ?? false
            if bytes == nil || batch.count == Self.batchSize || isKnown || read == Self.batchSize * 4 {
                try store(batch, Place(file: name, bytes: end, lines: line, digest: digest(file, end)))
                report(line, end, file.size)
                batch.removeAll(keepingCapacity: true)
                identities.removeAll(keepingCapacity: true)
                read = 0
            }
            guard bytes != nil else { break }
            line += 1
            read += 1
            if let record {
                batch.append(record)
                identities.formUnion(record.identities)
            }
        }
        try connection.run("DELETE FROM import_progress WHERE tenant_id = $1::integer AND file = $2", [tenant, .text(name)])
        try connection.run("SELECT kept_count_compact($1::integer)", [tenant])
        return outcome
    }

    // MARK: Where a file has come to

    private struct Place {
        let file: String
        let bytes: Int
        let lines: Int
        let digest: String
    }

    private func resume(_ file: LineFile, _ name: String) throws -> Int {
        let known = try connection.run(
            "SELECT bytes, lines, digest FROM import_progress WHERE tenant_id = $1::integer AND file = $2", [tenant, .text(name)])
        guard let bytes = known.text(0, 0).flatMap(Int.init), let lines = known.text(0, 1).flatMap(Int.init), bytes <= file.size,
            digest(file, bytes) == known.text(0, 2)
        else { return 0 }
        file.seek(to: bytes)
        return lines
    }

    /// SHA-256 of what stands before a place, as PostgreSQL writes a `bytea`.
    private func digest(_ file: LineFile, _ end: Int) -> String {
        "\\x" + SHA256.text(file.bytes(before: end, count: Self.digestLength))
    }

    // MARK: Batches

    private func store(_ batch: [ImportRecord], _ place: Place) throws {
        try merge(batch[...])
        try connection.run(
            """
            INSERT INTO import_progress (tenant_id, file, bytes, lines, digest) VALUES ($1::integer, $2, $3::bigint, $4::bigint, $5::bytea) \
            ON CONFLICT (tenant_id, file) DO UPDATE SET bytes = excluded.bytes, lines = excluded.lines, digest = excluded.digest, updated_at = now()
            """, [tenant, .text(place.file), .text(String(place.bytes)), .text(String(place.lines)), .text(place.digest)])
    }

    /// Merges lines in one transaction. Where the database cannot hold a value, the halves are tried, down to the line that is to blame.
    private func merge(_ batch: ArraySlice<ImportRecord>) throws {
        guard let first = batch.first else { return }
        for attempt in 1... {
            do {
                let merged = try connection.transaction { try Batch(batch, connection, tenant).merge() }
                for (line, reason) in merged.refused { try tell(line, batch.first { $0.line == line }?.externalID, reason) }
                let created = merged.created.values.reduce(0, +)
                outcome.created += created
                outcome.changed += merged.changed
                outcome.unchanged += batch.count - merged.refused.count - created - merged.changed
                return try analyze(merged.created)
            } catch let failure as BlockingConnection.Failure {
                switch failure.sqlState.prefix(2) {
                case "40" where attempt < Self.attempts: continue
                // A code or a domain that somebody else has taken meanwhile.
                case "23" where attempt < Self.attempts && batch.count > 1: continue
                case "22", "23", "54":
                    guard batch.count > 1 else { return try tell(first.line, first.externalID, "the database cannot hold it: \(failure)") }
                    let middle = batch.startIndex + batch.count / 2
                    try merge(batch[..<middle])
                    return try merge(batch[middle...])
                default: throw failure
                }
            }
        }
    }

    /// What the planner knows of a tenant that fills is soon wrong, and a tenant that it does not know is empty to it: it is told anew each
    /// time the records of a kind have doubled.
    private func analyze(_ created: [String: Int]) throws {
        for kind in ImportKind.all {
            guard let count = created[kind.name], count > 0 else { continue }
            let total = createdOfKind[kind.name, default: 0] + count
            createdOfKind[kind.name] = total
            guard total >= analyzedOfKind[kind.name, default: 0] * 2 else { continue }
            analyzedOfKind[kind.name] = total
            try connection.run("ANALYZE \(kind.tables)")
        }
    }

    private func tell(_ line: Int, _ externalID: String?, _ message: String) throws {
        outcome.refused += 1
        try refuse(RefusedLine(line: line, externalID: externalID, message: message))
    }

    // MARK: One batch

    private struct Merged {
        /// By kind.
        var created: [String: Int] = [:]
        var changed = 0
        var refused: [(Int, String)] = []
    }

    private struct Batch {
        let records: ArraySlice<ImportRecord>
        let connection: BlockingConnection
        let tenant: Parameter

        init(_ records: ArraySlice<ImportRecord>, _ connection: BlockingConnection, _ tenant: Parameter) {
            self.records = records
            self.connection = connection
            self.tenant = tenant
        }

        /// Organizations first: the others refer to them.
        func merge() throws -> Merged {
            var merged = Merged()
            for staging in ImportStaging.all {
                let records = records.filter { $0.kind.name == staging.kind.name }
                if !records.isEmpty { try merge(records, staging, &merged) }
            }
            return merged
        }

        private func merge(_ records: [ImportRecord], _ staging: ImportStaging, _ merged: inout Merged) throws {
            try stage(records, staging)
            for statement in staging.resolve { try connection.run(statement, [tenant]) }
            for (reason, statement) in staging.refuse {
                let lines = try connection.run(statement, [tenant])
                for row in 0..<lines.rowCount { merged.refused.append((Int(lines.text(row, 0) ?? "") ?? 0, reason)) }
            }
            if !merged.refused.isEmpty {
                let lines = Parameter.text(arrayText(merged.refused.map { String($0.0) }))
                for statement in ImportLinks.drop { try connection.run(statement, [lines]) }
            }
            for statement in ImportLinks.locks(staging.kind) { try connection.run(statement, [tenant]) }
            try connection.run(staging.lock, [tenant])
            if staging.kind.hasCode { try chooseCodes(staging) }
            merged.changed += try connection.run(staging.update, [tenant]).affectedRows
            merged.created[staging.kind.name] = try connection.run(staging.insert, [tenant]).affectedRows
            try connection.run(staging.remember, [tenant])
            for statement in ImportLinks.statements(staging.kind) { try connection.run(statement, [tenant]) }
            if staging.kind.name == "interaction" { try connection.run(ImportLinks.extend, [tenant, ids(ImportLinks.extended)]) }
            guard let refresh = ImportLinks.refresh(staging.kind) else { return }
            try connection.run(refresh.call, [tenant] + refresh.touched.map(ids))
        }

        /// What a statement gives, as an array: a call takes no subqueries.
        private func ids(_ statement: SQL) throws -> Parameter {
            let found = try connection.run(statement, [tenant])
            return .text(arrayText((0..<found.rowCount).compactMap { found.text($0, 0) }))
        }

        /// Codes are short: among a million some are taken.
        private func chooseCodes(_ staging: ImportStaging) throws {
            while true {
                let taken = try connection.run(staging.takenCodes, [tenant])
                guard taken.rowCount > 0 else { return }
                for row in 0..<taken.rowCount {
                    try connection.run(staging.setCode, [Parameter(text: taken.text(row, 0)), .text(Identifiers.customerOsID())])
                }
            }
        }

        private func stage(_ records: [ImportRecord], _ staging: ImportStaging) throws {
            try connection.copyIn(staging.copy) { writer in
                for record in records {
                    let code = staging.kind.hasCode ? Identifiers.customerOsID() : nil
                    try writer.append(
                        row: [
                            String(record.line), record.externalID, uuid(record.externalID), Identifiers.uuid(), code, record.ownerEmail,
                            record.organization, record.organization.flatMap(uuid), record.createdAt,
                        ] + record.values)
                }
            }
            try connection.copyIn(ImportStaging.copyValues) { writer in
                for record in records {
                    for (list, values) in zip(record.kind.lists, record.lists) {
                        for (index, value) in values.enumerated() {
                            let phone = list.name == "PHONE" ? PhoneNumberForm(value, country: nil) : nil
                            try writer.append(
                                row: [
                                    String(record.line), list.name, String(index + 1), phone?.e164 ?? value, phone.map { $0.country ?? "" },
                                    Identifiers.uuid(),
                                ])
                        }
                    }
                }
            }
            try connection.copyIn(ImportStaging.copyRoles) { writer in
                for record in records {
                    for (index, role) in record.roles.enumerated() {
                        try writer.append(
                            row: [
                                String(record.line), String(index + 1), role.organization, uuid(role.organization), Identifiers.uuid(),
                                role.jobTitle, role.startedAt, role.endedAt,
                            ])
                    }
                }
            }
        }

        /// A key may be the id of a record of the tenant, as an export without keys has it.
        private func uuid(_ text: String) -> String? { UUIDKey.isValid(text) ? text : nil }
    }
}
