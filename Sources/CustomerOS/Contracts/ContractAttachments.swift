internal import GraphQL
internal import Postgres
internal import Records

/// The files of a contract. Adding or removing one again changes nothing.
struct ContractAttachments: Decodable {
    let contractId: ID<Contract>
    let attachmentId: ID<Attachment>

    private static let contract = Statement<ID<Contract>, ID<Contract>>("contract.share") { id in
        """
        SELECT id FROM contract WHERE tenant_id = \(id.tenant) AND id = \(id.value)
        AND \(Contract.isVisible("contract")) FOR SHARE
        """
    }

    /// Locks both until the change is done.
    /// - Throws: `FieldError` if there is no such contract or file.
    fileprivate func hold(_ change: Changing) async throws {
        guard !contractId.isNobody, try await !change.run(Self.contract, contractId).isEmpty else {
            throw FieldError("Contract with id \(contractId) not found", code: .notFound, field: "contractId")
        }
        guard !attachmentId.isNobody, try await !change.run(Attachment.share, attachmentId).isEmpty else {
            throw FieldError("Attachment with id \(attachmentId) not found", code: .notFound, field: "attachmentId")
        }
    }
}

/// `contract_AddAttachment`.
struct AddContractAttachment: Change {
    static let fields = ["contract_AddAttachment"]

    private static let add = Statement<ContractAttachments, Void>("contract.add_attachment") { p in
        """
        INSERT INTO contract_attachment (tenant_id, contract_id, attachment_id)
        VALUES (\(p.tenant), \(p.contractId), \(p.attachmentId)) ON CONFLICT DO NOTHING
        """
    }

    func perform(_ input: ContractAttachments, _ change: Changing) async throws -> Written<Contract> {
        try await input.hold(change)
        try await change.run(Self.add, input)
        return Written(input.contractId)
    }
}

/// `contract_RemoveAttachment`.
struct RemoveContractAttachment: Change {
    static let fields = ["contract_RemoveAttachment"]

    private static let remove = Statement<ContractAttachments, Void>("contract.remove_attachment") { p in
        """
        DELETE FROM contract_attachment
        WHERE tenant_id = \(p.tenant) AND contract_id = \(p.contractId) AND attachment_id = \(p.attachmentId)
        """
    }

    func perform(_ input: ContractAttachments, _ change: Changing) async throws -> Written<Contract> {
        try await input.hold(change)
        try await change.run(Self.remove, input)
        return Written(input.contractId)
    }
}
