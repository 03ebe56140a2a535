import CustomerOS
import Foundation
import Postgres
import Testing

extension ServiceSuite {
    /// Amounts are decimals in the database and numbers in JSON.
    @Suite("Money")
    struct ContractMoneyTests {
        private static let amounts = [
            "0", "0.1", "0.2", "0.3", "-12.5", "0.01", "1.05", "123456.12", "999999999999.99", "-999999999999.99", "1000000000000",
            "-1000000000000",
        ]

        @Test("round-trips, in a variable and in a document", arguments: amounts)
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
            #expect(try sum([("MONTHLY", "999999999999.99", 80)]) == "959999999999990.4")
            #expect(
                try tenant.value("SELECT trim_scale(renewal_arr) FROM organization WHERE tenant_id = $1::integer")
                    == "960999999999995.3")
        }

        @Test("is refused if it is not a number, or larger than JSON numbers are exact")
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
                for value in [
                    "1000000000000.01", "-1000000000000.01", "1.001", "1e300", "1e400", "\"1\"", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"",
                    "true",
                ] {
                    let answer = try tenant.answer("mutation ($a: \(type)) { \(operation) }", variables: "{\"a\":\(value)}")
                    #expect(answer.codes == ["BAD_USER_INPUT"], "\(operation) \(value) \(answer.body)")
                }
                for literal in ["NaN", "Infinity", "1e400", "1000000000000.01", "1.001", "\"1\""] {
                    let answer = try tenant.answer("mutation { \(operation.replacingOccurrences(of: "$a", with: literal)) }")
                    #expect(
                        answer.codes.allSatisfy { ["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains($0) } && !answer.codes.isEmpty,
                        "\(operation) \(literal) \(answer.body)")
                }
            }
            // None of it was written.
            #expect(
                try tenant.row(
                    """
                    SELECT (SELECT count(*) FROM opportunity WHERE tenant_id = $1::integer), (SELECT count(*) FROM sku \
                    WHERE tenant_id = $1::integer), (SELECT string_agg(price::text, ',') FROM service_line_item WHERE tenant_id = $1::integer)
                    """) == ["1", "0", "1.0"])
        }

        @Test("has two decimals, except computed amounts; one-time products may have negative prices; tax rates are truncated")
        func decimals() async throws {
            let tenant = try await TestTenant.make()
            func product(_ price: String, _ type: String) throws -> Answer {
                try tenant.answer("mutation { sku_Save(input: { name: \"s\", price: \(price), type: \(type) }) { price } }")
            }
            for (given, type, stored) in [
                ("0.30000000000000004", "SUBSCRIPTION", "0.3"), ("12.5", "SUBSCRIPTION", "12.5"),
                ("59.97000000000001", "SUBSCRIPTION", "59.97"), ("9000000000.12", "SUBSCRIPTION", "9000000000.12"),
                ("999999999999.99", "SUBSCRIPTION", "999999999999.99"), ("-1.05", "ONE_TIME", "-1.05"),
            ] {
                #expect(try product(given, type).body == "{\"data\":{\"sku_Save\":{\"price\":\(stored)}}}")
            }
            for given in [
                "0.0000001", "0.00001", "1.0000000001", "9000000000.123", "9000000000.12001", "999999999999.999", "999999999999.9999",
                "-999999999999.999",
            ] {
                let refused = try product(given, "ONE_TIME")
                #expect(refused.codes == ["BAD_USER_INPUT"] && refused.body.contains("TOO_PRECISE"), "\(given) \(refused.body)")
            }
            for (given, type) in [("1.005", "SUBSCRIPTION"), ("-1.05", "SUBSCRIPTION")] {
                #expect(try product(given, type).codes == ["BAD_USER_INPUT"])
            }
            let contract = try tenant.contract(try tenant.organization("Tax"), "approved: true")
            for (given, stored) in [("20.567", "20.56"), ("0.29", "0.29"), ("33.999", "33.99"), ("19", "19")] {
                #expect(
                    try tenant.answer(
                        "mutation { contractLineItem_Create(input: { contractId: \"\(contract)\", billingCycle: ONCE, price: 1, tax: { taxRate: \(given) } }) { tax { taxRate } } }"
                    ).body == "{\"data\":{\"contractLineItem_Create\":{\"tax\":{\"taxRate\":\(stored)}}}}")
            }
        }

        @Test("lengths and days are refused out of their bounds, even if computed; dates are days in UTC")
        func bounds() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Bounds")
            func create(_ members: String) throws -> Answer {
                try tenant.answer(
                    "mutation { contract_Create(input: { organizationId: \"\(organization)\", \(members) }) { committedPeriodInMonths billingDetails { dueDays } serviceStarted } }"
                )
            }
            for (members, message) in [
                ("committedPeriodInMonths: 1201", "input.committedPeriodInMonths must be from 0 to 1,200"),
                ("committedPeriodInMonths: -3", "input.committedPeriodInMonths must be from 0 to 1,200"),
                ("dueDays: 3651", "input.dueDays must be from 0 to 3,650"),
                ("contractRenewalCycle: ANNUAL_RENEWAL, committedPeriods: 101", "committedPeriods come to 1212 months"),
            ] {
                let answer = try create(members)
                #expect(answer.codes == ["BAD_USER_INPUT"] && answer.messages.first?.contains(message) == true, "\(answer.body)")
            }
            for (members, expected) in [
                (
                    "contractRenewalCycle: ANNUAL_RENEWAL, committedPeriods: 100, dueDays: 3650",
                    "\"committedPeriodInMonths\":1200,\"billingDetails\":{\"dueDays\":3650},\"serviceStarted\":null"
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
                    "serviceStarted: \"2031-01-01\"",
                    "\"committedPeriodInMonths\":0,\"billingDetails\":{\"dueDays\":0},\"serviceStarted\":\"2031-01-01T00:00:00Z\""
                ),
            ] {
                #expect(try create(members).body == "{\"data\":{\"contract_Create\":{\(expected)}}}")
            }
        }
    }
}
