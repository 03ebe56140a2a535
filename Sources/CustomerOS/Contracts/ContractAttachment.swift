internal import GraphQL
internal import Postgres
internal import Records

/// `contract_AddAttachment` and `contract_RemoveAttachment`: the files of a contract. Repeating it changes nothing.
final class ChangeContractAttachment: ObjectMutation, @unchecked Sendable {
    enum Change { case add, remove }

    private let change: Change

    init(_ change: Change) { self.change = change }

    private static let contract = StatementText(
        "contract.share",
        "SELECT id FROM contract WHERE tenant_id = $1 AND id = $2::uuid AND \(Contract.isVisible("contract")) FOR SHARE")

    private static let attachment = StatementText(
        "contract.attachment", "SELECT id FROM attachment WHERE tenant_id = $1 AND id = $2::uuid FOR KEY SHARE")

    private static let add = StatementText(
        "contract.add_attachment",
        """
        INSERT INTO contract_attachment (tenant_id, contract_id, attachment_id) VALUES ($1, $2::uuid, $3::uuid) ON CONFLICT DO NOTHING
        """)

    private static let remove = StatementText(
        "contract.remove_attachment",
        "DELETE FROM contract_attachment WHERE tenant_id = $1 AND contract_id = $2::uuid AND attachment_id = $3::uuid")

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let contract = arguments.text("contractId") ?? ""
        let attachment = arguments.text("attachmentId") ?? ""
        let tenant = context.tenantParameter
        guard UUIDKey.isValid(contract),
            try await transaction.run(Query(Self.contract, [tenant, .text(contract)]), context).rowCount == 1
        else { throw FieldError("Contract with id \(contract) not found", code: .notFound, field: "contractId") }
        guard UUIDKey.isValid(attachment),
            try await transaction.run(Query(Self.attachment, [tenant, .text(attachment)]), context).rowCount == 1
        else { throw FieldError("Attachment with id \(attachment) not found", code: .notFound, field: "attachmentId") }
        let statement = change == .add ? Self.add : Self.remove
        try await transaction.run(Query(statement, [tenant, .text(contract), .text(attachment)]), context)
        return contract
    }
}
