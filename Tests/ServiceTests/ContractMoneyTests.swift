import CustomerOS
import Foundation
import Postgres
import Testing

extension ServiceSuite {
    /// Amounts are decimals in the database and numbers in JSON.
    @Suite("Money", .serialized)
    struct ContractMoneyTests {
        private static let amounts = [
            "0", "0.1", "0.2", "0.3", "0.30000000000000004", "-12.5", "0.0000001", "1.005", "123456.123456789", "999999999999.99",
            "-999999999999.99", "9999999999999.99", "999999999999999",
        ]

        @Test("comes back as it was given, in a variable and in a document", arguments: amounts)
        func roundTrip(_ amount: String) async throws {
            let tenant = try await TestTenant.make()
            let expected = "{\"data\":{\"opportunity_Save\":{\"amount\":\(amount),\"maxAmount\":\(amount)}}}"
            #expect(
                try tenant.answer(
                    "mutation ($amount: Float) { opportunity_Save(input: { amount: $amount, maxAmount: \(amount) }) { amount maxAmount } }",
                    variables: "{\"amount\":\(amount)}"
                ).body == expected)
            let contract = try tenant.contract(try tenant.organization("Money"), "approved: true")
            #expect(
                try tenant.answer(
                    "mutation ($price: Float) { contractLineItem_Create(input: { contractId: \"\(contract)\", billingCycle: ONCE, price: $price, quantity: 1 }) { price } }",
                    variables: "{\"price\":\(amount)}"
                ).body == "{\"data\":{\"contractLineItem_Create\":{\"price\":\(amount)}}}")
            // The very digits are stored.
            #expect(
                try tenant.row(
                    """
                    SELECT trim_scale(amount) = $2::numeric, trim_scale(max_amount) = $2::numeric, \
                    (SELECT price = $2::numeric FROM service_line_item WHERE tenant_id = $1::integer) \
                    FROM opportunity WHERE tenant_id = $1::integer
                    """, [.text(amount)]) == ["t", "t", "t"])
        }

        @Test("adds up as decimals do")
        func sums() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Sums")
            func sum(_ items: [(cycle: String, price: String, quantity: Int)]) throws -> String {
                let contract = try tenant.contract(organization, "committedPeriodInMonths: 12, approved: true, autoRenew: true")
                for item in items {
                    _ = try tenant.item(contract, "billingCycle: \(item.cycle), price: \(item.price), quantity: \(item.quantity)")
                }
                let body = try tenant.answer("{ contract(id: \"\(contract)\") { opportunities { amount maxAmount } } }").body
                return String(body.dropFirst("{\"data\":{\"contract\":{\"opportunities\":[{\"amount\":".count).prefix { $0 != "," })
            }
            #expect(try sum([("ANNUALLY", "0.1", 1), ("ANNUALLY", "0.2", 1)]) == "0.3")
            #expect(try sum([("MONTHLY", "0.1", 1), ("MONTHLY", "0.2", 1)]) == "3.6")
            #expect(try sum((0..<10).map { _ in ("ANNUALLY", "0.1", 1) }) == "1")
            #expect(try sum([("ANNUALLY", "999999999999.99", 1), ("ANNUALLY", "0.01", 1)]) == "1000000000000")
            #expect(try sum([("MONTHLY", "999999999999.99", 1_000_000)]) == "11999999999999880000")
            #expect(
                try tenant.value("SELECT trim_scale(renewal_arr) FROM organization WHERE tenant_id = $1::integer")
                    == "12000000999999880004.9")
        }

        @Test("is refused when it is no number, or more than a number in JSON is exact for")
        func refused() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Refused")
            let contract = try tenant.contract(organization, "committedPeriodInMonths: 12, approved: true, autoRenew: true")
            let item = try tenant.item(contract, "billingCycle: MONTHLY, price: 1, quantity: 1")
            let renewal = try #require(try tenant.value("SELECT id FROM active_renewal WHERE tenant_id = $1::integer"))
            let operations = [
                "opportunity_Save(input: { amount: $a }) { name }", "opportunity_Save(input: { maxAmount: $a }) { name }",
                "opportunity_Create(input: { organizationId: \"\(organization)\", maxAmount: $a }) { name }",
                "opportunity_Update(input: { opportunityId: \"\(renewal)\", amount: $a }) { name }",
                "opportunityRenewalUpdate(input: { opportunityId: \"\(renewal)\", amount: $a }) { name }",
                "contractLineItem_Create(input: { contractId: \"\(contract)\", billingCycle: ONCE, price: $a }) { price }",
                "contractLineItem_NewVersion(input: { id: \"\(item)\", price: $a, serviceStarted: \"2099-01-01T00:00:00Z\" }) { price }",
                "contractLineItem_Update(input: { id: \"\(item)\", price: $a }) { price }",
                "serviceLineItem_BulkUpdate(input: { contractId: \"\(contract)\", serviceLineItems: [{ billed: ONCE, price: $a }] })",
                "sku_Save(input: { name: \"s\", price: $a, type: ONE_TIME }) { id }",
            ]
            for operation in operations {
                let type = operation.hasPrefix("sku") ? "Float!" : "Float"
                for value in ["1e15", "-1e15", "1e300", "1e400", "\"1\"", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "true"] {
                    let answer = try tenant.answer("mutation ($a: \(type)) { \(operation) }", variables: "{\"a\":\(value)}")
                    #expect(answer.codes == ["BAD_USER_INPUT"], "\(operation) \(value) \(answer.body)")
                }
                for literal in ["NaN", "Infinity", "1e400", "1e15", "\"1\""] {
                    let answer = try tenant.answer("mutation { \(operation.replacingOccurrences(of: "$a", with: literal)) }")
                    #expect(
                        answer.codes.allSatisfy { ["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains($0) } && !answer.codes.isEmpty,
                        "\(operation) \(literal) \(answer.body)")
                }
            }
            // Nothing of it was written.
            #expect(
                try tenant.row(
                    """
                    SELECT (SELECT count(*) FROM opportunity WHERE tenant_id = $1::integer), (SELECT count(*) FROM sku \
                    WHERE tenant_id = $1::integer), (SELECT string_agg(price::text, ',') FROM service_line_item WHERE tenant_id = $1::integer)
                    """) == ["1", "0", "1.0"])
        }

        @Test("of products has two decimals, half a cent away from zero; tax rates are cut at two and not negative")
        func decimals() async throws {
            let tenant = try await TestTenant.make()
            for (given, stored) in [("1.005", "1.01"), ("1.0049", "1"), ("-1.005", "-1.01"), ("12.5", "12.5")] {
                #expect(
                    try tenant.answer("mutation { sku_Save(input: { name: \"s\", price: \(given), type: SUBSCRIPTION }) { price } }").body
                        == "{\"data\":{\"sku_Save\":{\"price\":\(stored)}}}")
            }
            let contract = try tenant.contract(try tenant.organization("Tax"), "approved: true")
            for (given, stored) in [("20.567", "20.56"), ("0.29", "0.29"), ("33.999", "33.99"), ("-1", "0"), ("19", "19")] {
                #expect(
                    try tenant.answer(
                        "mutation { contractLineItem_Create(input: { contractId: \"\(contract)\", billingCycle: ONCE, price: 1, tax: { taxRate: \(given) } }) { tax { taxRate } } }"
                    ).body == "{\"data\":{\"contractLineItem_Create\":{\"tax\":{\"taxRate\":\(stored)}}}}")
            }
        }

        @Test("lengths, days and dates are brought into their bounds: 0 to 1200 months, 0 to 365 days, the day in UTC")
        func bounds() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Bounds")
            for (members, expected) in [
                (
                    "committedPeriodInMonths: 1201, dueDays: 366",
                    "\"committedPeriodInMonths\":1200,\"billingDetails\":{\"dueDays\":365},\"serviceStarted\":null"
                ),
                (
                    "committedPeriodInMonths: -1, dueDays: -1",
                    "\"committedPeriodInMonths\":0,\"billingDetails\":{\"dueDays\":0},\"serviceStarted\":null"
                ),
                (
                    "serviceStarted: \"2031-01-01T00:30:00+02:00\"",
                    "\"committedPeriodInMonths\":0,\"billingDetails\":{\"dueDays\":0},\"serviceStarted\":\"2030-12-31T00:00:00Z\""
                ),
                (
                    "serviceStarted: \"2030-12-31T23:30:00-02:00\"",
                    "\"committedPeriodInMonths\":0,\"billingDetails\":{\"dueDays\":0},\"serviceStarted\":\"2031-01-01T00:00:00Z\""
                ),
                (
                    "contractRenewalCycle: QUARTERLY_RENEWAL, committedPeriods: 9223372036854775807",
                    "\"committedPeriodInMonths\":1200,\"billingDetails\":{\"dueDays\":0},\"serviceStarted\":null"
                ),
            ] {
                #expect(
                    try tenant.answer(
                        "mutation { contract_Create(input: { organizationId: \"\(organization)\", \(members) }) { committedPeriodInMonths billingDetails { dueDays } serviceStarted } }"
                    ).body == "{\"data\":{\"contract_Create\":{\(expected)}}}")
            }
        }
    }
}
