public import Postgres
internal import Records

/// Fills a tenant with the same data at every run: for benchmarks, tests, and trying things out.
///
/// The rows are loaded by COPY, in one transaction, with all triggers and constraints active, and need only the rights
/// of the server's database account.
public struct Seeding {
    /// The progress of loading one table.
    public struct Progress: Sendable {
        public let table: String
        public let rows: Int
        public let expected: Int
    }

    public enum Failure: Error, CustomStringConvertible {
        case notEmpty(tenant: String)

        public var description: String {
            switch self {
            case .notEmpty(let tenant): "The tenant \(tenant) has data already. Name another one: it is created if missing."
            }
        }
    }

    private static let reportInterval = 5_000

    private let connection: BlockingConnection
    private let records: SeedRecords
    private let report: (Progress) -> Void

    /// - Parameter report: Called from time to time with the progress.
    public init(_ connection: BlockingConnection, size: SeedSize, report: @escaping (Progress) -> Void = { _ in }) {
        self.connection = connection
        records = SeedRecords(size: size)
        self.report = report
    }

    /// Fills a tenant, which is created if missing.
    /// - Returns: How many rows each table got, in loading order.
    /// - Throws: `Failure` if the tenant has data, `BlockingConnection.Failure` if the database fails; then nothing is
    ///   stored.
    public func fill(tenant name: String) throws -> [(table: String, rows: Int)] {
        try connection.run("SET statement_timeout = 0")
        let administration = Administration(connection)
        if try !administration.tenants().contains(where: { $0.name == name }) { try administration.createTenant(name) }
        let tenant = try connection.run("SELECT id FROM tenant WHERE name = $1", [.text(name)]).text(0, 0) ?? ""
        let loaded = try connection.transaction {
            // The records carry their own change times.
            try connection.run("SET LOCAL customeros.marks = 'off'")
            let isTaken = try connection.run(
                """
                SELECT EXISTS (SELECT FROM organization WHERE tenant_id = $1::integer) OR EXISTS (SELECT FROM contact WHERE tenant_id = $1::integer) \
                OR EXISTS (SELECT FROM email WHERE tenant_id = $1::integer) OR EXISTS (SELECT FROM app_user WHERE tenant_id = $1::integer) \
                OR EXISTS (SELECT FROM tag WHERE tenant_id = $1::integer)
                """, [.text(tenant)])
            guard isTaken.text(0, 0) == "f" else { throw Failure.notEmpty(tenant: name) }
            return try tables(tenant).map { table in (table.name, try load(table)) }
        }
        try connection.run("SELECT kept_count_compact($1::integer)", [.text(tenant)])
        // Update statistics at once instead of waiting for autovacuum.
        for table in Set(loaded.map(\.0)).sorted() { try connection.runScript("VACUUM (ANALYZE) \(table)") }
        try connection.runScript("VACUUM kept_count_delta")
        return loaded.map { (table: $0.0, rows: $0.1) }
    }

    private struct Table {
        let name: String
        let copy: SQL
        let count: Int
        let row: (Int) -> [String?]

        init(_ name: String, _ copy: SQL, _ count: Int, _ row: @escaping (Int) -> [String?]) {
            self.name = name
            self.copy = copy
            self.count = count
            self.row = row
        }
    }

    private func load(_ table: Table) throws -> Int {
        try connection.copyIn(table.copy) { writer in
            // An empty range has no first element.
            guard table.count > 0 else { return }
            for number in 1...table.count {
                try writer.append(row: table.row(number))
                if number.isMultiple(of: Self.reportInterval) || number == table.count {
                    report(Progress(table: table.name, rows: number, expected: table.count))
                }
            }
        }
    }

    // MARK: Tables

    /// In the order of their references.
    private func tables(_ tenant: String) -> [Table] {
        people(tenant) + organizations(tenant) + contacts(tenant)
    }

    private func people(_ tenant: String) -> [Table] {
        let (records, size) = (records, records.size)
        let time = { (number: Int) in SeedRecords.time(number, of: size.users) }
        let address = { (number: Int) in SeedRecords.id(.email, size.emails + number) }
        return [
            Table(
                "app_user", "COPY app_user (tenant_id, id, name, first_name, last_name, roles, created_at, updated_at) FROM STDIN",
                size.users
            ) { number in
                let user = records.user(number)
                return [
                    tenant, SeedRecords.id(.user, number), "\(user.first) \(user.last)", user.first, user.last, "{USER}", time(number),
                    time(number),
                ]
            },
            Table("email", "COPY email (tenant_id, id, raw_email, email, is_work, created_at, updated_at) FROM STDIN", size.users) {
                let user = records.user($0)
                return [tenant, address($0), user.address, user.address, "t", time($0), time($0)]
            },
            Table("user_email", "COPY user_email (tenant_id, user_id, email_id, is_primary, label, created_at) FROM STDIN", size.users) {
                [tenant, SeedRecords.id(.user, $0), address($0), "t", "WORK", time($0)]
            },
            Table("tag", "COPY tag (tenant_id, id, name, entity_type, created_at, updated_at) FROM STDIN", size.tags) {
                let time = SeedRecords.time($0, of: size.tags)
                return [tenant, SeedRecords.id(.tag, $0), records.tag($0), "ORGANIZATION", time, time]
            },
        ]
    }

    private func organizations(_ tenant: String) -> [Table] {
        let (records, size) = (records, records.size)
        let time = { (number: Int) in SeedRecords.time(number, of: size.organizations) }
        let id = { (number: Int) in SeedRecords.id(.organization, number) }
        return [
            Table(
                "organization",
                """
                COPY organization (tenant_id, id, customer_os_id, reference_id, name, website, industry, market, employees, relationship, stage, \
                stage_changed_at, icp_fit, owner_id, created_at, updated_at) FROM STDIN
                """, size.organizations
            ) { number in
                let state = records.relationship(number)
                return [
                    tenant, id(number), records.customerOsID(number), "REF-\(number)", records.organizationName(number),
                    "https://\(records.domain(number))", records.industry(number), records.market(number),
                    String(records.employees(number)),
                    state.relationship, state.stage, time(number), number.isMultiple(of: 3) ? "t" : "f",
                    records.owner(.organization, number),
                    time(number), time(number),
                ]
            },
            Table(
                "organization_domain", "COPY organization_domain (tenant_id, domain, organization_id, created_at) FROM STDIN",
                size.organizations
            ) { [tenant, records.domain($0), id($0), time($0)] },
            Table(
                "organization_tag", "COPY organization_tag (tenant_id, organization_id, tag_id, tagged_at) FROM STDIN",
                size.organizations * 2
            ) {
                let (organization, place) = (1 + ($0 - 1) / 2, ($0 - 1) % 2)
                let first = SeedRecords.noise(.tag, organization) % size.tags
                return [tenant, id(organization), SeedRecords.id(.tag, 1 + (first + place * 7) % size.tags), time(organization)]
            },
            Table(
                "opportunity",
                """
                COPY opportunity (tenant_id, id, organization_id, owner_id, name, currency, amount, max_amount, likelihood_rate, internal_type, \
                internal_stage, external_stage, stage_changed_at, closed_at, created_at, updated_at) FROM STDIN
                """, size.opportunities
            ) { number in
                let organization = 1 + (number - 1) % size.organizations
                let time = SeedRecords.time(number, of: size.opportunities)
                let stage = records.stage(number)
                let amount = String(records.amount(number))
                return [
                    tenant, SeedRecords.id(.opportunity, number), id(organization), records.owner(.opportunity, number),
                    "\(records.organizationName(organization)) deal \(number)", "USD", amount, amount, String(number % 11 * 10),
                    records.type(number), stage.internal, stage.external, time, stage.internal == "OPEN" ? nil : time, time, time,
                ]
            },
        ]
    }

    private func contacts(_ tenant: String) -> [Table] {
        let (records, size) = (records, records.size)
        let time = { (number: Int) in SeedRecords.time(number, of: size.contacts) }
        let id = { (number: Int) in SeedRecords.id(.contact, number) }
        // Address 2 n - 1 is contact n's work address, and 2 n the personal one.
        let holder = { (number: Int) in (contact: (number + 1) / 2, isWork: !number.isMultiple(of: 2)) }
        return [
            Table(
                "contact", "COPY contact (tenant_id, id, prefix, name, first_name, last_name, owner_id, created_at, updated_at) FROM STDIN",
                size.contacts
            ) { number in
                let name = records.contactName(number)
                return [
                    tenant, id(number), name.prefix, "\(name.first) \(name.last)", name.first, name.last, records.owner(.contact, number),
                    time(number), time(number),
                ]
            },
            Table("email", "COPY email (tenant_id, id, raw_email, email, is_work, created_at, updated_at) FROM STDIN", size.emails) {
                number in
                let (contact, isWork) = holder(number)
                let address = records.address(ofContact: contact, isWork: isWork)
                return [tenant, SeedRecords.id(.email, number), address, address, isWork ? "t" : "f", time(contact), time(contact)]
            },
            Table(
                "contact_email", "COPY contact_email (tenant_id, contact_id, email_id, is_primary, label, created_at) FROM STDIN",
                size.emails
            ) { number in
                let (contact, isWork) = holder(number)
                return [
                    tenant, id(contact), SeedRecords.id(.email, number), isWork ? "t" : "f", isWork ? "WORK" : "PERSONAL", time(contact),
                ]
            },
            Table(
                "job_role",
                "COPY job_role (tenant_id, id, contact_id, organization_id, job_title, is_primary, created_at, updated_at) FROM STDIN",
                size.jobRoles
            ) { number in
                // The first role of each contact, then the second ones.
                let isFirst = number <= size.contacts
                let contact = isFirst ? number : (number - size.contacts) * 2
                let organization = isFirst ? records.organization(ofContact: contact) : records.otherOrganization(ofContact: contact)
                return [
                    tenant, SeedRecords.id(.jobRole, number), id(contact), SeedRecords.id(.organization, organization),
                    records.jobTitle(number), isFirst ? "t" : "f", time(contact), time(contact),
                ]
            },
        ]
    }
}
