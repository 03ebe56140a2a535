internal import Postgres
internal import Records

/// Lines merged into the store in one transaction.
struct ImportBatch {
    /// Others changed the records between our read and our write: start over.
    struct LostRace: Error {}

    struct Outcome {
        /// By kind.
        var created: [String: Int] = [:]
        var changed = 0
        var refused: [(line: Int, refusal: ImportRefusal)] = []
        /// Lines for the same record as an earlier one, in groups of different records. They are processed afterwards.
        var repeated: [[Int]] = []
        /// By member, how many lines had a dropped value.
        var dropped: [String: Int] = [:]
        var users = 0
    }

    let records: [ImportRecord]
    let connection: BlockingConnection
    let tenant: Parameter
    let options: ImportOptions

    /// Organizations first: the others refer to them.
    /// - Throws: `LostRace`; `BlockingConnection.Failure`, also if the database cannot hold a value.
    func merge() throws -> Outcome {
        var outcome = Outcome()
        // A dry run is rolled back only at the end, so earlier batches are still staged.
        if options.isDryRun { try connection.run("TRUNCATE \(ImportStaging.tables)") }
        for staging in ImportStaging.all {
            let records = records.filter { $0.kind.name == staging.kind.name }
            if !records.isEmpty { try merge(records, staging, &outcome) }
        }
        return outcome
    }

    private func merge(_ records: [ImportRecord], _ staging: ImportStaging, _ outcome: inout Outcome) throws {
        let kind = staging.kind
        try stage(records, staging)
        for statement in staging.resolve { try run(statement) }
        var removed = try refuse(staging, &outcome)
        removed += try repeated(staging, &outcome)
        removed += try recognise(staging, &outcome)
        if kind.name == "opportunity" { removed += try judgeOpportunities(staging, &outcome) }
        if kind.name == "organization" { try remember(outcome.refused, records) }
        if !removed.isEmpty {
            for statement in ImportLinks.drop { try connection.run(statement, [numbers(removed)]) }
        }
        try run(staging.keepFilled)
        try lock(staging)
        if kind.hasCode { try chooseCodes(staging) }
        outcome.changed += try run(staging.update).affectedRows
        outcome.created[kind.name, default: 0] += try run(staging.insert).affectedRows
        for statement in staging.remember + ImportLinks.statements(kind) { try run(statement) }
        if kind.name == "organization", try run(ImportLinks.lostDomain).rowCount > 0 { throw LostRace() }
        if kind.name == "interaction" { try connection.run(ImportLinks.extend, [tenant, ids(ImportLinks.extended)]) }
        guard let refresh = ImportLinks.refresh(kind) else { return }
        try connection.run(refresh.call, [tenant] + refresh.touched.map(ids))
    }

    @discardableResult
    func run(_ statement: SQL) throws -> QueryResult { try connection.run(statement, [tenant]) }

    /// A statement's result as an array: CALL takes no subqueries.
    private func ids(_ statement: SQL) throws -> Parameter {
        let found = try run(statement)
        return .text(arrayText((0..<found.rowCount).compactMap { found.text($0, 0) }))
    }

    func numbers(_ lines: [Int]) -> Parameter { .text(arrayText(lines.map { String($0) })) }

    // MARK: What is not imported

    private func refuse(_ staging: ImportStaging, _ outcome: inout Outcome) throws -> [Int] {
        var refusals = staging.refusals
        if let owners = staging.owners {
            try run(owners)
            switch options.unknownOwners {
            case .refuse: refusals.append(staging.refuseUnknownOwners)
            case .skip:
                let count = try run(staging.linesOfUnknownOwners).text(0, 0).flatMap(Int.init) ?? 0
                if count > 0 { outcome.dropped["ownerEmail", default: 0] += count }
            case .create:
                outcome.users += try createUsers(staging)
                try run(owners)
                refusals.append(staging.refuseUnknownOwners)
            }
        }
        var removed: [Int] = []
        for refusal in refusals {
            let rows = try run(refusal.sql)
            for row in 0..<rows.rowCount {
                let line = rows.text(row, 0).flatMap(Int.init) ?? 0
                let message = refusal.message((1..<rows.columnCount).map { rows.text(row, $0) ?? "" })
                removed.append(line)
                outcome.refused.append((line, ImportRefusal(message, reason: refusal.reason)))
            }
        }
        return removed
    }

    private func remember(_ refused: [(line: Int, refusal: ImportRefusal)], _ records: [ImportRecord]) throws {
        guard !refused.isEmpty else { return }
        let keys = Dictionary(uniqueKeysWithValues: records.map { ($0.line, $0.externalID) })
        try Self.remember(
            refused.compactMap { refused in keys[refused.line].map { ($0, refused.line, refused.refusal.message) } }, connection)
    }

    /// Remembers refused organizations, for the messages of lines that name them.
    static func remember(_ refused: [(key: String, line: Int, message: String)], _ connection: BlockingConnection) throws {
        try connection.run(
            """
            INSERT INTO import_refused (external_id, line, message) SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[]) \
            ON CONFLICT (external_id) DO UPDATE SET line = excluded.line, message = excluded.message
            """,
            [
                .text(arrayText(refused.map(\.key))), .text(arrayText(refused.map { String($0.line) })),
                .text(arrayText(refused.map(\.message))),
            ])
    }

    private func createUsers(_ staging: ImportStaging) throws -> Int {
        let unknown = try run(staging.unknownOwners)
        var count = 0
        for row in 0..<unknown.rowCount {
            // What is not an address stays unknown.
            guard let email = unknown.text(row, 0), (try? EmailAddress(email)) != nil else { continue }
            // A file does not re-enable a disabled user.
            let user = try Administration.insertUser(
                connection, tenant: tenant, email: email, firstName: "", lastName: "", roles: [.user], states: ["LIVE", "ARCHIVED"])
            if user != nil { count += 1 }
        }
        return count
    }

    private func repeated(_ staging: ImportStaging, _ outcome: inout Outcome) throws -> [Int] {
        let rows = try run(staging.repeated)
        var removed: [Int] = []
        for row in 0..<rows.rowCount {
            guard let line = rows.text(row, 0).flatMap(Int.init), let place = rows.text(row, 1).flatMap(Int.init) else { continue }
            while outcome.repeated.count < place { outcome.repeated.append([]) }
            outcome.repeated[place - 1].append(line)
            removed.append(line)
        }
        return removed
    }

    // MARK: Recognition

    /// Finds the records of lines with new keys.
    /// - Returns: The refused lines.
    private func recognise(_ staging: ImportStaging, _ outcome: inout Outcome) throws -> [Int] {
        switch staging.kind.name {
        case "organization":
            let recognition = OrganizationRecognition(try linesWithDomains())
            try set(recognition.found, staging)
            for (line, message) in recognition.refused {
                outcome.refused.append((line, ImportRefusal(message, reason: .takenDomain)))
            }
            let removed = recognition.refused.map(\.line)
            if !removed.isEmpty { try connection.run(staging.remove, [tenant, numbers(removed)]) }
            return removed
        case "contact":
            try set(try contacts(staging), staging)
            return []
        default: return []
        }
    }

    private func set(_ found: [(line: Int, id: String)], _ staging: ImportStaging) throws {
        guard !found.isEmpty else { return }
        try connection.run(staging.recognise, [tenant, numbers(found.map(\.line)), .text(arrayText(found.map(\.id)))])
    }

    private func linesWithDomains() throws -> [OrganizationRecognition.Line] {
        let rows = try run(ImportLinks.domainOwners)
        var lines: [OrganizationRecognition.Line] = []
        for row in 0..<rows.rowCount {
            let number = rows.text(row, 0).flatMap(Int.init) ?? 0
            if lines.last?.number != number {
                lines.append(
                    OrganizationRecognition.Line(
                        number: number, key: rows.text(row, 1) ?? "", name: rows.text(row, 2) ?? "", known: rows.text(row, 3)))
            }
            guard let domain = rows.text(row, 4) else { continue }
            let owner = rows.text(row, 5).map {
                OrganizationRecognition.Owner(id: $0, name: rows.text(row, 6) ?? "", key: rows.text(row, 7))
            }
            if rows.text(row, 8) == "WEBSITE" {
                lines[lines.count - 1].website = (domain, owner)
            } else {
                lines[lines.count - 1].domains.append((domain, owner))
            }
        }
        return lines
    }

    private func contacts(_ staging: ImportStaging) throws -> [(line: Int, id: String)] {
        let rows = try run(staging.addresses)
        var lines: [(number: Int, address: String)] = []
        var taken: Set<String> = []
        for row in 0..<rows.rowCount {
            if let id = rows.text(row, 1) {
                taken.insert(id)
            } else if let address = rows.text(row, 2) {
                lines.append((rows.text(row, 0).flatMap(Int.init) ?? 0, address))
            }
        }
        guard !lines.isEmpty else { return [] }
        let known = try run(ImportLinks.candidates)
        var candidates: [String: [String]] = [:]
        for row in 0..<known.rowCount {
            if let address = known.text(row, 0), let id = known.text(row, 1) { candidates[address, default: []].append(id) }
        }
        return ContactRecognition.found(lines, candidates: candidates, taken: taken)
    }

    // MARK: Locks and codes

    /// A dry run takes no locks, since nothing of it is kept.
    private func lock(_ staging: ImportStaging) throws {
        guard !options.isDryRun else { return }
        for statement in ImportLinks.locks(staging.kind) + [staging.lock] { try run(statement) }
        if try run(staging.lost).rowCount > 0 { throw LostRace() }
    }

    /// Codes are short: among a million, some are taken.
    private func chooseCodes(_ staging: ImportStaging) throws {
        while true {
            let taken = try run(staging.takenCodes)
            guard taken.rowCount > 0 else { return }
            for row in 0..<taken.rowCount {
                try connection.run(staging.setCode, [Parameter(text: taken.text(row, 0)), .text(Identifiers.customerOsID())])
            }
        }
    }

    // MARK: Staging

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
                if let domain = record.websiteDomain {
                    try writer.append(row: [String(record.line), "WEBSITE", "0", domain, nil, nil, nil, nil, Identifiers.uuid()])
                }
                for (list, values) in zip(record.kind.lists, record.lists) {
                    for (index, value) in values.enumerated() {
                        let phone = list.name == "PHONE" ? PhoneNumber(comparable: value) : nil
                        try writer.append(
                            row: [
                                String(record.line), list.name, String(index + 1), phone?.line ?? value, phone?.e164, phone?.extension,
                                phone?.raw, phone?.country, Identifiers.uuid(),
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
                            String(record.line), String(index + 1), role.organization, role.organization.flatMap(uuid), Identifiers.uuid(),
                            role.jobTitle, role.startedAt, role.endedAt,
                        ])
                }
            }
        }
    }

    /// A key may be the id of one of the tenant's records, as in an export without keys.
    private func uuid(_ text: String) -> String? { UUIDKey.isValid(text) ? text : nil }
}
