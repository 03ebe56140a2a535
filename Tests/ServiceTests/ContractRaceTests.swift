import CustomerOS
import Foundation
import Postgres
import Testing

extension ServiceSuite.OneByOne.Races {
    @Suite("Races of contracts")
    struct ContractRaceTests {
        @Test("whatever is done to one contract concurrently, the figures are right in the end")
        func everything() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Race")
            let contract = try tenant.contract(
                organization, "committedPeriodInMonths: 12, approved: true, autoRenew: true, serviceStarted: \"2024-01-01T00:00:00Z\"")
            let other = try tenant.organization("Other")
            let create =
                "contractLineItem_Create(input: { contractId: \"\(contract)\", billingCycle: MONTHLY, price: 1.5, quantity: 1 }) { metadata { id } }"
            let first = try #require(
                (try tenant.data("mutation { \(create) }")["contractLineItem_Create"] as? [String: Any])?.object("metadata").text("id"))
            let renewal = try #require(try tenant.value("SELECT id FROM active_renewal WHERE tenant_id = $1::integer"))
            let answers = await Clients.run(48) { client in
                let step =
                    switch client % 8 {
                    case 0, 1: create
                    case 2:
                        "contractLineItem_NewVersion(input: { id: \"\(first)\", price: 2, quantity: 1, serviceStarted: \"203\(client / 8)-01-01T00:00:00Z\" }) { price }"
                    case 3: "contract_Update(input: { contractId: \"\(contract)\", committedPeriodInMonths: \(client % 5 * 6) }) { name }"
                    case 4: "opportunityRenewalUpdate(input: { opportunityId: \"\(renewal)\", renewalAdjustedRate: \(client) }) { amount }"
                    case 5: "contract_Renew(input: { contractId: \"\(contract)\" }) { name }"
                    case 6: "opportunity_Save(input: { opportunityId: \"\(renewal)\", internalStage: CLOSED_WON }) { name }"
                    default:
                        client > 40
                            ? "organization_Merge(primaryOrganizationId: \"\(organization)\", mergedOrganizationIds: [\"\(other)\"]) { name }"
                            : "opportunityRenewal_UpdateAllForOrganization(input: { organizationId: \"\(organization)\", renewalLikelihood: LOW_RENEWAL }) { name }"
                    }
                return try tenant.answer("mutation { \(step) }")
            }
            #expect(answers.count == 48)
            for answer in answers { #expect(!answer.codes.contains("INTERNAL"), "\(answer.body)") }
            let model = try ContractModel(tenant, organization: organization)
            #expect(model.contradictions(given: []).isEmpty)
            #expect(model.contracts.first?.items.filter { $0.billed == "MONTHLY" }.count ?? 0 > 12)
        }

        @Test("two versions on one day are one version and one refusal")
        func sameDay() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.contract(try tenant.organization("Race"), "approved: true")
            let data = try tenant.data(
                "mutation { contractLineItem_Create(input: { contractId: \"\(contract)\", billingCycle: MONTHLY, price: 1, quantity: 1 }) { metadata { id } } }"
            )
            let item = (data["contractLineItem_Create"] as? [String: Any])?.object("metadata").text("id") ?? ""
            let answers = await Clients.run(16) { _ in
                try tenant.answer(
                    "mutation { contractLineItem_NewVersion(input: { id: \"\(item)\", price: 2, quantity: 1, serviceStarted: \"2031-01-01T00:00:00Z\" }) { price } }"
                )
            }
            #expect(answers.filter(\.codes.isEmpty).count == 1)
            #expect(answers.flatMap(\.codes).allSatisfy { $0 == "BAD_USER_INPUT" })
        }
    }
}
