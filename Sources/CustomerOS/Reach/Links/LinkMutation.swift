internal import GraphQL
internal import Postgres
internal import Records

/// A mutation that returns an owner's e-mail address or phone number.
class LinkMutation: MutationResolver, @unchecked Sendable {
    let link: ReachLink

    init(_ link: ReachLink) { self.link = link }

    /// Makes the change and returns the id of the address to answer with, or nil for none.
    func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String? {
        throw FieldError("Internal server error!", code: .internal)
    }

    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        guard let selection = field.selections.first, let entity = Catalog.shared.entity(selection.type.name) else { return nil }
        let columns = entity.selectList(selection.columns, overrides: link.relation.overrides)
        return StatementText(
            field.statementName,
            """
            SELECT NULL\(columns) FROM \(link.relation.from) \
            WHERE \(link.relation.tenant) = $1 AND \(link.relation.key) = $2::uuid AND t.id = $3::uuid
            """)
    }

    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        guard let statement = call.field.preparation as? StatementText, let selection = call.field.selections.first else {
            throw FieldError("Internal server error!", code: .internal)
        }
        let arguments = call.arguments
        let owner = arguments.text(link.owner.argument) ?? ""
        return try await context.transaction { transaction in
            guard let child = try await self.change(arguments, transaction, context) else {
                return try call.field.answer(FieldResult(parts: [], items: [.null]))
            }
            let read = Query(statement, [context.tenantParameter, .text(owner), .text(child)])
            return try call.field.answer(FieldResult(first: try await transaction.run(read, context), selection))
        }
    }
}
