internal import GraphQL
internal import Postgres
internal import Records

/// `contract_Create`: with a length, its renewal is created with it.
struct CreateContract: Change {
    static let fields = ["contract_Create"]

    private static let link = ExternalSystem.insertion("contract.link_external", of: Contract.self, by: "contract_id")

    func perform(_ input: ContractInput, _ change: Changing) async throws -> Written<Contract> {
        let form = try ContractForm(.new(), input)
        guard let organization = input.organizationId, !organization.isNobody,
            try await !change.run(ContractLock.newOrganization, organization).isEmpty
        else { throw FieldError("Failed to create contract", code: .notFound, field: "input.organizationId") }
        var statements = [ContractStatements.insert.with(form)]
        if let reference = input.externalReference, !reference.externalId.isEmpty {
            statements.append(Self.link.with(ExternalSystem.Link(of: form.id, reference)))
        }
        try await change.run(statements + [ContractEngine.refresh.with(([form.id], .contract))])
        return Written(form.id)
    }
}
