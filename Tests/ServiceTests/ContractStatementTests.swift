import CustomerOS
import Foundation
import Postgres
import Testing

extension ServiceSuite {
    /// How many statements a selection needs depends on the selection alone.
    @Suite("Statements of contracts")
    struct ContractStatementTests {
        private static let service =
            "metadata { id } parentId description price quantity billingCycle tax { taxRate } invoicingStatus createdBy { name } externalLinks { id: externalId } sku { name }"
        private static let sale =
            "metadata { id } amount maxAmount renewalLikelihood owner { name } createdBy { name } organization { name } externalLinks { id: externalId } taskIds"
        private static let contract =
            "contractName ltv owner { name } createdBy { name } attachments { id } externalLinks { id: externalId } organization { name accountDetails { ltv renewalSummary { arrForecast } } } contractLineItems { \(service) } serviceLineItems { price } opportunities { \(sale) }"

        private static let queries = [
            "contracts": "{ contracts(pagination: { page: 1, limit: LIMIT }) { totalElements totalAvailable content { \(contract) } } }",
            "opportunities":
                "{ opportunities_LinkedToOrganizations(pagination: { page: 1, limit: LIMIT }) { totalElements content { \(sale) } } }",
            "organizations":
                "{ organizations(pagination: { page: 1, limit: LIMIT }) { content { name contracts { \(contract) } opportunities { \(sale) } } } }",
        ]

        /// A tenant with organizations, contracts of each, services of each.
        private func tenant(_ count: Int) async throws -> (TestTenant, organization: String, contract: String, item: String) {
            let tenant = try await TestTenant.make()
            var (organization, contract, item) = ("", "", "")
            for _ in 0..<count {
                organization = try tenant.organization("Many")
                for _ in 0..<count {
                    contract = try tenant.contract(organization, "committedPeriodInMonths: 12, approved: true, autoRenew: true")
                    for _ in 0..<count {
                        item = try tenant.item(
                            contract, "billingCycle: MONTHLY, price: 1, quantity: 1, serviceStarted: \"\(tenant.day(-9))\"")
                    }
                }
                for _ in 0..<count {
                    _ = try tenant.data("mutation { opportunity_Save(input: { organizationId: \"\(organization)\" }) { name } }")
                }
            }
            return (tenant, organization, contract, item)
        }

        @Test("reading one row takes the same statements as reading many")
        func reading() async throws {
            let one = try await tenant(1)
            let many = try await tenant(4)
            for (name, query) in Self.queries {
                func names(_ tenant: TestTenant, _ limit: Int) throws -> [String] {
                    try tenant.statements(query.replacingOccurrences(of: "LIMIT", with: String(limit))).map { "\($0.name) \($0.sql.text)" }
                }
                let few = try names(one.0, 1)
                #expect(try names(many.0, 1) == few, "\(name)")
                #expect(try names(many.0, 100) == few, "\(name)")
            }
        }

        @Test(
            "changing a contract takes the same statements with one service as with many, renewing an organization with one contract as with many"
        )
        func writing() async throws {
            let one = try await tenant(1)
            let many = try await tenant(4)
            func compare(_ document: (_ organization: String, _ contract: String, _ item: String, _ tenant: TestTenant) -> String) throws {
                let names = try [one, many].map { world in
                    let text = document(world.organization, world.contract, world.item, world.0)
                    return try world.0.statements("mutation { \(text) }").map(\.name)
                }
                #expect(names[0] == names[1] && !names[0].isEmpty)
            }
            try compare { organization, _, _, _ in
                "opportunityRenewal_UpdateAllForOrganization(input: { organizationId: \"\(organization)\", renewalLikelihood: LOW_RENEWAL, renewalAdjustedRate: 25 }) { name contracts { opportunities { amount } } }"
            }
            try compare { _, contract, _, _ in
                "contract_Update(input: { contractId: \"\(contract)\", contractName: \"x\" }) { name contractLineItems { price } }"
            }
            try compare { _, contract, _, _ in "contract_Renew(input: { contractId: \"\(contract)\" }) { name } " }
            try compare { _, contract, _, _ in
                "contractLineItem_Create(input: { contractId: \"\(contract)\", billingCycle: MONTHLY, price: 1, quantity: 1 }) { price }"
            }
            try compare { _, _, item, tenant in
                "contractLineItem_NewVersion(input: { id: \"\(item)\", price: 1, quantity: 1, serviceStarted: \"\(tenant.day(9))\" }) { price }"
            }
            try compare { _, _, item, _ in "contractLineItem_Close(input: { id: \"\(item)\" })" }
            try compare { _, contract, _, _ in "contract_Delete(id: \"\(contract)\") { accepted }" }
            try compare { _, _, _, _ in "tenant_UpdateSettings(input: { baseCurrency: EUR }) { baseCurrency opportunityStages { label } }" }
        }
    }
}
