import CustomerOS
import Foundation
import Postgres
import Testing

extension ServiceSuite {
    /// Older names of a contract's fields: each is declared to be the newer field, and so read from the same column.
    @Suite("Older fields of contracts")
    struct ContractAliasTests {
        /// The replacement of each older field. A dot leads into an object.
        private static let newer = [
            "id": "metadata.id", "name": "contractName", "status": "contractStatus", "serviceStartedAt": "serviceStarted",
            "signedAt": "contractSigned", "endedAt": "contractEnded", "renewalCycle": "contractRenewalCycle",
            "renewalPeriods": "committedPeriods", "organizationLegalName": "billingDetails.organizationLegalName",
            "invoiceEmail": "billingDetails.billingEmail", "createdAt": "metadata.created", "updatedAt": "metadata.lastUpdated",
            "source": "metadata.source", "sourceOfTruth": "metadata.sourceOfTruth", "appSource": "metadata.appSource",
            "serviceLineItems": "contractLineItems", "invoiceNote": "billingDetails.invoiceNote",
            "billingCycle": "billingDetails.billingCycle", "invoicingStartDate": "billingDetails.invoicingStarted",
            "addressLine1": "billingDetails.addressLine1", "addressLine2": "billingDetails.addressLine2",
            "zip": "billingDetails.postalCode",
            "locality": "billingDetails.locality", "country": "billingDetails.country",
        ]

        /// Deprecated, but with their own values: the length in other terms.
        private static let ownValues: Set = ["committedPeriods", "contractRenewalCycle"]

        private func selection(_ path: String) -> String {
            let parts = path.split(separator: ".")
            if parts.count == 2 { return "\(parts[0]) { \(parts[1]) }" }
            return path.hasSuffix("LineItems") ? "\(path) { metadata { id } price }" : path
        }

        /// As JSON with sorted keys: a dictionary's description changes order each time.
        private func value(_ contract: [String: Any], _ path: String) throws -> String {
            let parts = path.split(separator: ".").map(String.init)
            let found = parts.count == 2 ? contract.object(parts[0])[parts[1]] : contract[path]
            guard let found else { return "absent" }
            return String(
                decoding: try JSONSerialization.data(withJSONObject: found, options: [.sortedKeys, .fragmentsAllowed]), as: UTF8.self)
        }

        @Test("there is a newer one for each that is deprecated")
        func complete() async throws {
            let tenant = try await TestTenant.make()
            let fields = try tenant.data("{ __type(name: \"Contract\") { fields(includeDeprecated: true) { name isDeprecated } } }")
                .object("__type").objects("fields")
            let deprecated = fields.filter { $0["isDeprecated"] as? Bool == true }.map { $0.text("name") }
            #expect(deprecated.count == 24)
            #expect(Set(deprecated).subtracting(Self.newer.keys).subtracting(Self.ownValues).isEmpty)
        }

        @Test("they say the same, for a contract with everything and for one with nothing, and issue the same statement")
        func mirror() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Mirror")
            let full = try tenant.contract(
                organization,
                "contractName: \"N\", committedPeriodInMonths: 24, approved: true, serviceStarted: \"2024-01-02T00:00:00Z\", contractSigned: \"2024-01-01T00:00:00Z\""
            )
            _ = try tenant.data(
                "mutation { contract_Update(input: { contractId: \"\(full)\", contractEnded: \"2031-01-01T00:00:00Z\", billingDetails: { billingCycleInMonths: 3, addressLine1: \"1\", addressLine2: \"2\", locality: \"3\", country: \"DE\", postalCode: \"5\", organizationLegalName: \"6\", billingEmail: \"a@b.example\", invoiceNote: \"7\", invoicingStarted: \"2024-02-01T00:00:00Z\" } }) { name } }"
            )
            _ = try tenant.item(full, "billingCycle: MONTHLY, price: 3, quantity: 1")
            for contract in [full, try tenant.contract(organization, "approved: false")] {
                for (older, newer) in Self.newer {
                    func ask(_ path: String) throws -> (value: String, statements: [String]) {
                        let answer = try tenant.success("{ contract(id: \"\(contract)\") { \(selection(path)) } }")
                        return (try value(answer.object("contract"), path), answer.statements.map(\.sql.text))
                    }
                    let (one, other) = (try ask(older), try ask(newer))
                    #expect(one.value == other.value && one.value != "absent", "\(older)")
                    #expect(one.statements == other.statements, "\(older)")
                    if contract == full { #expect(!["null", "\"\""].contains(one.value), "\(older)") }
                }
            }
        }

        @Test(
            "the length in other words",
            arguments: [
                (0, "NONE", "null"), (1, "MONTHLY_RENEWAL", "1"), (2, "MONTHLY_RENEWAL", "1"), (3, "QUARTERLY_RENEWAL", "1"),
                (11, "QUARTERLY_RENEWAL", "1"), (12, "ANNUAL_RENEWAL", "1"), (23, "ANNUAL_RENEWAL", "1"), (36, "ANNUAL_RENEWAL", "3"),
            ])
        func length(_ months: Int, _ cycle: String, _ periods: String) async throws {
            let tenant = try await TestTenant.make()
            let answer = try tenant.answer(
                "mutation { contract_Create(input: { organizationId: \"\(try tenant.organization("L"))\", committedPeriodInMonths: \(months) }) { contractRenewalCycle renewalCycle committedPeriods renewalPeriods } }"
            )
            #expect(
                answer.body
                    == "{\"data\":{\"contract_Create\":{\"contractRenewalCycle\":\"\(cycle)\",\"renewalCycle\":\"\(cycle)\",\"committedPeriods\":\(periods),\"renewalPeriods\":\(periods)}}}"
            )
        }

        @Test(
            "the billing cycle in other words",
            arguments: [
                (0, "NONE"), (1, "MONTHLY_BILLING"), (2, "CUSTOM_BILLING"), (3, "QUARTERLY_BILLING"), (12, "ANNUAL_BILLING"),
                (24, "CUSTOM_BILLING"),
            ])
        func billingCycle(_ months: Int, _ cycle: String) async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.contract(try tenant.organization("B"), "approved: false")
            let answer = try tenant.answer(
                "mutation { contract_Update(input: { contractId: \"\(contract)\", billingDetails: { billingCycleInMonths: \(months) } }) { billingCycle billingDetails { billingCycle billingCycleInMonths } } }"
            )
            #expect(
                answer.body
                    == "{\"data\":{\"contract_Update\":{\"billingCycle\":\"\(cycle)\",\"billingDetails\":{\"billingCycle\":\"\(cycle)\",\"billingCycleInMonths\":\(months)}}}}"
            )
        }
    }
}
