internal import GraphQL
internal import Postgres
internal import Records

extension ReadField {
    /// The user for whom the request acts, as a root field or in a singleton object.
    static let currentUser = ReadField { field in
        guard let selection = field.selections.first else { return nil }
        let statement = Statement<Void, Void>(field.statementName) { p in
            """
            SELECT NULL\(User.type.selectList(selection.columns)) FROM \(User.type.table) t
            WHERE t.tenant_id = \(p.tenant) AND t.id = \(p.actor)\(User.type.andVisible)
            """
        }
        return { call, wave in
            guard wave.issuer.hasActor else { throw FieldError.noActor }
            wave.read(statement.query((), for: wave.issuer), for: call, isList: false) { result in
                guard result.rowCount > 0 else { throw FieldError.noActor }
                return FieldResult(first: result, selection)
            }
        }
    }
}
