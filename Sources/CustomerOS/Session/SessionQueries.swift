internal import GraphQL
internal import Postgres
internal import Records

/// `global_Cache`: one row of the tenant with what is selected.
final class GlobalCacheResolver: BatchResolver, @unchecked Sendable {
    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        guard let selection = field.selections.first else { return nil }
        return StatementText(
            field.statementName,
            """
            SELECT NULL\(SessionDomain.globalCache.selectList(selection.columns)) \
            FROM (SELECT id, $2::uuid AS user_id, $3::boolean AS is_platform_owner FROM tenant WHERE id = $1) t
            """)
    }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let statement = call.field.preparation as? StatementText, let selection = call.field.selections.first else { return }
        let principal = wave.context.principal
        let parameters: [Parameter] = [
            wave.tenantParameter, Parameter(text: principal.userID), Parameter(flag: principal.roles.contains(.platformOwner)),
        ]
        // It reads the locations of all contacts.
        wave.add([Query(statement, parameters)], slow: true, for: call, isList: false) { results in
            let rows = RowBatch(results[0], droppingColumns: 1)
            return FieldResult(
                parts: [FieldResult.Part(type: selection.type, rows: rows)],
                items: [rows.rowCount == 0 ? .null : FieldResult.Item(row: 0)])
        }
    }
}

/// `tenant`: the name of the key's tenant.
final class TenantNameResolver: BatchResolver, @unchecked Sendable {
    override func begin(_ call: FieldCall, _ wave: Wave) {
        let rows = RowBatch(texts: [[wave.context.principal.tenant.name]])
        call.result = FieldResult(parts: [FieldResult.Part(type: nil, rows: rows)], items: [FieldResult.Item(row: 0)])
    }
}

/// `tenant_impersonateList`: all tenants for platform operators, otherwise those granted to the acting user.
final class ImpersonateListResolver: BatchResolver, @unchecked Sendable {
    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        guard let selection = field.selections.first, let entity = Catalog.shared.entity(selection.type.name) else { return nil }
        return StatementText(
            field.statementName,
            """
            SELECT NULL\(entity.selectList(selection.columns)) FROM tenant t WHERE t.state = 'LIVE' AND ($3::boolean OR EXISTS (\
            SELECT FROM workspace_access w JOIN user_email l ON l.tenant_id = $1 AND l.user_id = $2::uuid \
            JOIN email e ON e.tenant_id = l.tenant_id AND e.id = l.email_id \
            WHERE w.user_tenant_id = $1 AND w.tenant_id = t.id AND w.user_email IN (fold(e.raw_email), fold(e.email)))) ORDER BY t.name
            """)
    }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let statement = call.field.preparation as? StatementText, let selection = call.field.selections.first else { return }
        let principal = wave.context.principal
        let parameters: [Parameter] = [
            wave.tenantParameter, Parameter(text: principal.userID), Parameter(flag: principal.roles.contains(.platformOwner)),
        ]
        wave.add([Query(statement, parameters)], slow: true, for: call, isList: true) { results in
            .list(RowBatch(results[0], droppingColumns: 1), of: selection.type)
        }
    }
}
