internal import GraphQL
internal import Postgres
internal import Records

/// The user for whom the request acts, as a root field or in a singleton object.
final class CurrentUserResolver: BatchResolver, @unchecked Sendable {
    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        guard let selection = field.selections.first else { return nil }
        return StatementText(
            field.statementName,
            """
            SELECT NULL\(UserDomain.user.selectList(selection.columns)) FROM app_user t \
            WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state = 'LIVE'
            """)
    }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let statement = call.field.preparation as? StatementText, let selection = call.field.selections.first else { return }
        let missing = FieldResult.failure(
            FieldError("The request acts for no user. Name one by e-mail address in the header X-Openline-USERNAME.", code: .notFound),
            parents: 1, isList: false)
        guard let user = wave.context.principal.userID else {
            call.result = missing
            return
        }
        wave.add(Query(statement, [wave.tenantParameter, .text(user)]), for: call, isList: false) { result in
            guard result.rowCount > 0 else { return missing }
            let rows = RowBatch(result, droppingColumns: 1)
            return FieldResult(parts: [FieldResult.Part(type: selection.type, rows: rows)], items: [FieldResult.Item(row: 0)])
        }
    }
}

/// A list that an outside service would fill. None is connected: it is empty.
final class NoneResolver: BatchResolver, @unchecked Sendable {
    override func begin(_ call: FieldCall, _ wave: Wave) {
        let offsets = [Int32](repeating: 0, count: max(1, call.parents.rowCount) + 1)
        call.result = FieldResult(parts: [], items: [], lists: [FieldResult.ListLevel(offsets: offsets)])
    }
}
