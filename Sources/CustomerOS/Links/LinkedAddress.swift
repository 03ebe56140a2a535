internal import GraphQL
internal import Postgres
internal import Records

/// An answer that is an address of an owner, with the values of their link.
struct LinkedAddress<Owner: AddressOwner, Kind: Address>: ChangeAnswer {
    let owner: ID<Owner>
    /// Nil if the answer is null.
    let address: ID<Kind>?

    static func statement(for field: PlannedField) -> StatementText? {
        guard let selection = field.selections.first else { return nil }
        let relation = Kind.relation(of: Owner.word)
        return StatementText(
            field.statementName,
            """
            SELECT NULL\(Kind.type.selectList(selection.columns, overrides: relation.overrides)) FROM \(relation.from) \
            WHERE \(relation.tenant) = $1 AND \(relation.key) = $2::uuid AND t.id = $3::uuid
            """)
    }

    static func problem(with field: FieldDefinition) -> String? { Written<Kind>.problem(with: field) }

    func result(_ field: PlannedField, _ statement: StatementText?, _ change: Changing) async throws -> FieldResult {
        guard let address, let statement, let selection = field.selections.first else { return .null }
        return FieldResult(first: try await change.read(statement, owner.parameter, address.parameter), selection)
    }
}
