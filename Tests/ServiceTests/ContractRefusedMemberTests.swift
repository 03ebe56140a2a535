import CustomerOS
import Foundation
import Testing

extension ServiceSuite {
    /// A refusal names the member as the client wrote it, whatever the server calls it.
    @Suite("Refused members of contracts")
    struct ContractRefusedMemberTests {
        private static let unknown = "01900000-0000-7000-8000-999999999999"

        private func expect(_ tenant: TestTenant, _ mutation: String, _ field: String, _ reason: String?) throws {
            let answer = try tenant.answer("mutation { \(mutation) }")
            #expect(answer.body.contains("\"field\":\"\(field)\""), "\(mutation) \(answer.body)")
            let found = answer.body.contains("\"reason\":\"\(reason ?? "")\"")
            #expect(reason == nil ? answer.codes == ["NOT_FOUND"] : answer.codes == ["BAD_USER_INPUT"] && found, "\(answer.body)")
        }

        @Test("of a contract have their path, and the name that was used")
        func contracts() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Members")
            let contract = try tenant.contract(organization, "approved: true")
            for (members, field, reason) in [
                ("renewalCycle: ANNUAL_RENEWAL, renewalPeriods: 101", "input.renewalPeriods", "OUT_OF_RANGE"),
                ("contractRenewalCycle: ANNUAL_RENEWAL, committedPeriods: 101", "input.committedPeriods", "OUT_OF_RANGE"),
                ("committedPeriodInMonths: 1201", "input.committedPeriodInMonths", "OUT_OF_RANGE"),
                ("billingCycle: CUSTOM_BILLING", "input.billingCycle", "MISSING"),
            ] {
                let create = "contract_Create(input: { organizationId: \"\(organization)\", \(members) }) { name }"
                try expect(tenant, create, field, reason)
                let update = "contract_Update(input: { contractId: \"\(contract)\", \(members) }) { name }"
                try expect(tenant, update, field, reason)
            }
            for (members, field, reason) in [
                ("billingDetails: { billingCycle: CUSTOM_BILLING }", "input.billingDetails.billingCycle", "MISSING"),
                ("invoiceEmail: \"x\"", "input.invoiceEmail", "MALFORMED"),
                ("billingDetails: { billingEmail: \"x\" }", "input.billingDetails.billingEmail", "MALFORMED"),
                ("billingDetails: { billingEmailCC: [\"a@b.example\", \"x\"] }", "input.billingDetails.billingEmailCC[1]", "MALFORMED"),
                ("billingDetails: { billingEmailBCC: [\"x\"] }", "input.billingDetails.billingEmailBCC[0]", "MALFORMED"),
                ("country: \"Nowhere\"", "input.country", "UNKNOWN"),
                ("billingDetails: { country: \"Nowhere\" }", "input.billingDetails.country", "UNKNOWN"),
                ("contractSigned: \"2030-01-02\", contractEnded: \"2030-01-01\"", "input.contractEnded", "NOT_ALLOWED"),
                ("contractSigned: \"2030-01-02\", endedAt: \"2030-01-01\"", "input.endedAt", "NOT_ALLOWED"),
            ] {
                try expect(tenant, "contract_Update(input: { contractId: \"\(contract)\", \(members) }) { name }", field, reason)
            }
            try expect(
                tenant, "contract_Create(input: { organizationId: \"\(Self.unknown)\" }) { name }", "input.organizationId", nil)
        }

        @Test("of a service have their path, also in bulk")
        func services() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.contract(
                try tenant.organization("Members"), "approved: true, serviceStarted: \"\(tenant.day(-400))\"")
            let item = try tenant.item(contract, "billingCycle: MONTHLY, price: 1, quantity: 1")
            let (yesterday, unknown) = (tenant.day(-1), Self.unknown)
            for (input, field, reason) in [
                ("Create(input: { contractId: \"\(contract)\" }) { price }", "input.billingCycle", "MISSING"),
                ("Create(input: { contractId: \"\(unknown)\", billingCycle: ONCE }) { price }", "input.contractId", nil),
                ("Create(input: { contractId: \"\(contract)\", billingCycle: ONCE, skuId: \"x\" }) { price }", "input.skuId", nil),
                ("Update(input: {}) { price }", "input.id", "MISSING"),
                ("Update(input: { id: \"\(unknown)\" }) { price }", "input.id", nil),
                ("Update(input: { id: \"\(item)\", price: -1 }) { price }", "input.price", "OUT_OF_RANGE"),
                ("Update(input: { id: \"\(item)\", billingCycle: ONCE }) { price }", "input.billingCycle", "NOT_ALLOWED"),
                ("Close(input: { id: \"\(item)\", endedAt: \"\(yesterday)\" })", "input.endedAt", "NOT_ALLOWED"),
                ("Close(input: { id: \"\(item)\", serviceEnded: \"\(yesterday)\" })", "input.serviceEnded", "NOT_ALLOWED"),
                ("Pause(id: \"\(unknown)\") { accepted }", "id", nil),
            ] as [(String, String, String?)] {
                try expect(tenant, "contractLineItem_\(input)", field, reason)
            }
            for (member, name, reason) in [
                ("price: -1", "price", "OUT_OF_RANGE"), ("billed: ANNUALLY", "billed", "NOT_ALLOWED"),
                ("serviceStarted: \"\(yesterday)\"", "serviceStarted", "NOT_ALLOWED"),
            ] {
                let items = "null, { serviceLineItemId: \"\(item)\", name: \"x\", quantity: 1, \(member) }"
                let bulk = "serviceLineItem_BulkUpdate(input: { contractId: \"\(contract)\", serviceLineItems: [\(items)] })"
                try expect(tenant, bulk, "input.serviceLineItems[1].\(name)", reason)
            }
            for id in [unknown, "x"] {
                let items = "{ serviceLineItemId: \"\(item)\" }, { serviceLineItemId: \"\(id)\" }"
                let bulk = "serviceLineItem_BulkUpdate(input: { contractId: \"\(contract)\", serviceLineItems: [\(items)] })"
                try expect(tenant, bulk, "input.serviceLineItems[1].serviceLineItemId", nil)
            }
        }

        @Test("of a product have their path")
        func products() async throws {
            let tenant = try await TestTenant.make()
            let values = "name: \"s\", price: -1, type: SUBSCRIPTION"
            try expect(tenant, "sku_Save(input: { \(values) }) { id }", "input.price", "OUT_OF_RANGE")
            let other = "id: \"\(Self.unknown)\", name: \"s\", price: 1, type: ONE_TIME"
            try expect(tenant, "sku_Save(input: { \(other) }) { id }", "input.id", nil)
        }
    }
}
