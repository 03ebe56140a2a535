internal import GraphQL
internal import Postgres
internal import Records

/// `contract_Renew`: a future renewal is approved; one that is due is won, and the next begins.
struct RenewContract: Change {
    static let fields = ["contract_Renew"]

    struct Input: Decodable {
        let contractId: ID<Contract>
        let renewalDate: Time?
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Contract> {
        let id = input.contractId
        let missing = FieldError("Failed to renew contract \(id)", code: .notFound)
        guard !id.isNobody else { throw missing }
        let (_, contracts, renewals) = try await change.run(
            ContractLock.organization.with(id), ContractLock.contract.with(id), ContractStatements.renewal.with(id))
        guard let contract = contracts.first else { throw missing }
        let isActive = !renewals.isEmpty
        let isDue = renewals.contains { $0.1 }
        guard contract.lengthInMonths != 0, contract.status != .ended, !(isDue && contract.status == .draft) else {
            return Written(id)
        }
        let day = input.renewalDate.flatMap { $0.text == Moment.none ? nil : $0 }
        // An approval alone does not affect likelihood and amount, a new day does.
        let cause: ContractCause = isDue ? .roll : day == nil ? .amount : .contract
        try await change.run(
            ContractEngine.refresh.with(([id], .contract), if: !isActive),
            ContractStatements.decideRenewal.with((id, day, !isDue)), ContractEngine.refresh.with(([id], cause)))
        return Written(id)
    }
}
