internal import GraphQL
internal import Postgres
internal import Records

/// An installation's customer, whose data no other tenant sees.
enum Tenant: Record {
    struct Columns {
        let name = Column("name", .text).field("tenant")
        let createdBy = Column("created_by", .text).field("createdBy")
        let isPersonal = Column("personal", .flag).field("personal")
    }

    static let table = Table<Tenant>("tenant", visible: "t.state = 'LIVE'", Columns())
    static let type = RecordType("TenantImpersonateDetails", of: table, [])

    /// The number of a tenant called so, which then stays.
    private static let find = Statement<String, Int64>("tenant.find", isShared: true) { p in
        "SELECT id FROM tenant WHERE name = \(bare: p.value) FOR SHARE"
    }

    /// The number of the tenant that an argument names.
    static func number(
        of name: String, _ argument: String, by statement: Statement<String, Int64> = find, _ change: Changing
    ) async throws -> Int64 {
        if let number = try await change.run(statement, name).first { return number }
        throw FieldError("There is no tenant called \(name)", code: .notFound, field: argument)
    }

    /// `tenant_impersonateList`: all tenants for platform operators, otherwise those granted to the acting user.
    static let accessible = ReadField { field in
        guard let selection = field.selections.first else { return nil }
        let statement = Statement<Bool, Void>(field.statementName) { isPlatformOwner in
            let (actor, all) = (isPlatformOwner.actor, isPlatformOwner.value)
            return """
                SELECT NULL\(type.selectList(selection.columns)) FROM \(type.table) t WHERE t.state = 'LIVE' AND (\(all) OR EXISTS (\
                SELECT FROM workspace_access w JOIN user_email l ON l.tenant_id = \(isPlatformOwner.tenant) AND l.user_id = \(actor)
                JOIN email e ON e.tenant_id = l.tenant_id AND e.id = l.email_id WHERE w.user_tenant_id = \(isPlatformOwner.tenant)
                AND w.tenant_id = t.id AND w.user_email IN (fold(e.raw_email), fold(e.email)))) ORDER BY t.name
                """
        }
        return { call, wave in
            let query = statement.query(wave.caller.hasRole(.platformOwner), for: wave.issuer)
            wave.read([query], isSlow: true, rows: nil, for: call, isList: true) { results in
                .list(RowBatch(results[0], droppingColumns: 1), of: selection.type)
            }
        }
    }
}
