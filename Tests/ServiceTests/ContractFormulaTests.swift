import CustomerOS
import Foundation
import Postgres
import Testing

extension ServiceSuite {
    /// The formulas by worked examples, at fixed moments where they have no other input.
    @Suite("The renewal engine", .serialized)
    struct ContractFormulaTests {
        private static let renewals: [(start: String, months: String, automatic: String, due: String)] = [
            ("2021-01-01", "1", "true", "2024-11-01"), ("2021-01-01", "1", "false", "2021-02-01"),
            ("2024-10-23", "3", "true", "2025-01-23"), ("2021-01-01", "12", "true", "2025-01-01"),
            ("2021-01-01", "120", "true", "2031-01-01"), ("2024-01-31", "1", "false", "2024-03-02"),
            ("2023-01-31", "1", "false", "2023-03-03"),
        ]

        @Test("knows when a contract is due", arguments: renewals)
        func due(_ example: (start: String, months: String, automatic: String, due: String)) async throws {
            let tenant = try await TestTenant.make()
            let found = try tenant.value(
                "SELECT next_renewal($2::timestamptz, $3::integer, $4::boolean, '2024-10-24T12:00Z')::date FROM tenant WHERE id = $1::integer",
                [.text(example.start), .text(example.months), .text(example.automatic)])
            #expect(found == example.due)
        }

        @Test("has no date without a start or a length")
        func undated() async throws {
            let tenant = try await TestTenant.make()
            let found = try tenant.value(
                """
                SELECT coalesce(next_renewal(NULL, 12, true, now()), next_renewal(now(), 0, true, now())) IS NULL \
                FROM tenant WHERE id = $1::integer
                """)
            #expect(found == "t")
        }

        private static let statuses: [(ended: String, approved: String, started: String, automatic: String, due: String, status: String)] =
            [
                ("2024-10-23", "true", "2024-01-01", "true", "", "ENDED"), ("2024-10-23", "false", "", "false", "", "ENDED"),
                ("", "false", "", "true", "", "DRAFT"), ("", "false", "2024-11-01", "true", "", "DRAFT"),
                ("", "true", "", "true", "", "SCHEDULED"), ("", "true", "2024-11-01", "true", "", "SCHEDULED"),
                ("", "true", "2024-10-23", "true", "2024-10-23", "LIVE"), ("", "true", "2024-10-23", "false", "", "LIVE"),
                ("", "true", "2024-01-01", "false", "2024-10-23", "OUT_OF_CONTRACT"),
                ("2024-10-25", "true", "2024-01-01", "false", "2024-10-25", "LIVE"),
            ]

        @Test("tells the status of a contract", arguments: statuses)
        func status(
            _ example: (ended: String, approved: String, started: String, automatic: String, due: String, status: String)
        ) async throws {
            let tenant = try await TestTenant.make()
            let found = try tenant.value(
                """
                SELECT contract_status(nullif($2, '')::timestamptz, $3::boolean, nullif($4, '')::timestamptz, $5::boolean, \
                nullif($6, '')::timestamptz, '2024-10-24T12:00Z') FROM tenant WHERE id = $1::integer
                """,
                [
                    .text(example.ended), .text(example.approved), .text(example.started), .text(example.automatic), .text(example.due),
                ])
            #expect(found == example.status)
        }

        private static let forecasts: [(items: String, rate: Int, end: String?, amount: String, most: String)] = [
            ("ONCE 10 1", 100, nil, "0", "0"),
            ("ONCE 1000000 1, MONTHLY 10 5, ANNUALLY 1000 2", 100, nil, "2600", "2600"),
            ("ANNUALLY 1000 4", 50, nil, "2000", "4000"),
            ("QUARTERLY 2.5 3, USAGE 7 1", 100, nil, "30", "30"),
            ("ANNUALLY 0.03 1", 50, nil, "0.02", "0.03"),
            ("ANNUALLY 1000 1", 100, "1 day", "0", "0"),
            ("ANNUALLY 1000 1", 100, "6 months", "500", "500"),
            ("ANNUALLY 1000 1", 100, "13 months", "1000", "1000"),
        ]

        @Test("forecasts what a renewal comes to", arguments: forecasts)
        func forecast(_ example: (items: String, rate: Int, end: String?, amount: String, most: String)) async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Forecast")
            let today = try #require(
                try tenant.value("SELECT to_char(now(), 'YYYY-MM-DD\"T00:00:00Z\"') FROM tenant WHERE id = $1::integer"))
            let contract = try tenant.contract(
                organization, "committedPeriodInMonths: 120, approved: true, autoRenew: true, serviceStarted: \"\(today)\"")
            for item in example.items.components(separatedBy: ", ") {
                let parts = item.split(separator: " ")
                _ = try tenant.data(
                    "mutation { contractLineItem_Create(input: { contractId: \"\(contract)\", billingCycle: \(parts[0]), price: \(parts[1]), quantity: \(parts[2]) }) { price } }"
                )
            }
            let renewal = try #require(try tenant.value("SELECT id FROM active_renewal WHERE tenant_id = $1::integer"))
            _ = try tenant.data(
                "mutation { opportunityRenewalUpdate(input: { opportunityId: \"\(renewal)\", renewalAdjustedRate: \(example.rate) }) { amount } }"
            )
            if let end = example.end {
                let day = try #require(
                    try tenant.value(
                        """
                        SELECT to_char(date_trunc('day', now()) + $2::interval, 'YYYY-MM-DD"T00:00:00Z"') FROM tenant WHERE id = $1::integer
                        """, [.text(end)]))
                // Months are counted by days of the month, so the end must not fall on one that the month lacks.
                _ = try tenant.data(
                    "mutation { contract_Update(input: { contractId: \"\(contract)\", patch: true, contractEnded: \"\(day)\" }) { name } }")
                // That it ends before it is due makes the renewal unlikely; the forecast at full rate is asked for here.
                _ = try tenant.data(
                    "mutation { opportunityRenewalUpdate(input: { opportunityId: \"\(renewal)\", renewalAdjustedRate: \(example.rate) }) { amount } }"
                )
            }
            let found = try tenant.database().run(
                "SELECT trim_scale(amount), trim_scale(max_amount) FROM active_renewal WHERE tenant_id = $1::integer", [tenant.id])
            #expect(found.text(0, 0) == example.amount)
            #expect(found.text(0, 1) == example.most)
        }

        @Test("adds up the renewals of an organization, without new business, and takes the lowest likelihood and the next date")
        func summary() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Summary")
            for _ in 0..<3 {
                _ = try tenant.contract(organization, "committedPeriodInMonths: 12, approved: true, autoRenew: true")
            }
            _ = try tenant.data(
                "mutation { opportunity_Save(input: { organizationId: \"\(organization)\", amount: 5, maxAmount: 5 }) { name } }")
            let database = try tenant.database()
            try database.run(
                """
                WITH numbered AS (SELECT id, row_number() OVER (ORDER BY contract_id) AS n FROM active_renewal WHERE tenant_id = $1::integer) \
                UPDATE opportunity o SET amount = (ARRAY[10, 100, 1000])[n], max_amount = (ARRAY[20, 200, 2000])[n], \
                renewal_likelihood = (ARRAY['HIGH', 'LOW', 'ZERO'])[n], renewed_at = now() + n * interval '1 day' \
                FROM numbered WHERE o.tenant_id = $1::integer AND o.id = numbered.id
                """, [tenant.id])
            func figures() throws -> [String] {
                try database.run("CALL renewal_refresh($1::integer, ARRAY[$2::uuid])", [tenant.id, .text(organization)])
                let row = try database.run(
                    """
                    SELECT renewal_arr, renewal_max_arr, renewal_likelihood, round(extract(epoch FROM next_renewal_at - now()) / 86400) \
                    FROM organization WHERE tenant_id = $1::integer AND id = $2::uuid
                    """, [tenant.id, .text(organization)])
                return (0..<4).map { row.text(0, $0) ?? "null" }
            }
            #expect(try figures() == ["1110", "2220", "ZERO", "1"])
            // A closed renewal counts no more.
            try database.run(
                "UPDATE opportunity SET internal_stage = 'CLOSED_LOST' WHERE tenant_id = $1::integer AND renewal_likelihood = 'ZERO'",
                [tenant.id])
            #expect(try figures() == ["110", "220", "LOW", "1"])
            // Nor does a draft.
            try database.run("UPDATE contract SET status = 'DRAFT' WHERE tenant_id = $1::integer", [tenant.id])
            #expect(try figures() == ["0", "0", "null", "null"])
        }

        @Test("knows what a contract has brought in, and cuts what is less than a cent")
        func lifetimeValue() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Value")
            let contract = try tenant.contract(organization, "currency: EUR")
            let database = try tenant.database()
            try database.run(
                """
                WITH item AS (SELECT * FROM (VALUES ('ONCE', 100, 1, '2024-01-01', NULL), ('MONTHLY', 10, 2, '2024-01-01', NULL), \
                ('ANNUALLY', 365, 1, '2024-01-01', '2024-04-10'), ('QUARTERLY', 9, 1, '2025-01-01', NULL)) v (b, p, q, s, e)), \
                made AS (INSERT INTO service SELECT $1::integer, $2::uuid, gen_random_uuid() FROM item RETURNING id), \
                paired AS (SELECT m.id, i.* FROM (SELECT *, row_number() OVER () AS n FROM item) i \
                JOIN (SELECT id, row_number() OVER () AS n FROM made) m USING (n)) \
                INSERT INTO service_line_item (tenant_id, id, contract_id, service_id, billed, price, quantity, started_at, ended_at) \
                SELECT $1::integer, id, $2::uuid, id, b, p, q, s::timestamptz, e::timestamptz FROM paired
                """, [tenant.id, .text(contract)])
            func value(_ status: String, _ ended: String?, _ now: String) throws -> String? {
                try tenant.value(
                    "SELECT trim_scale(contract_lifetime_value($1::integer, $2::uuid, $3, $4::timestamptz, $5::timestamptz))",
                    [.text(contract), .text(status), ended.map { .text($0) } ?? .null, .text(now)])
            }
            #expect(try value("LIVE", nil, "2024-10-24T15:00Z") == "398")
            #expect(try value("DRAFT", nil, "2024-10-24T15:00Z") == "0")
            // 100 + 20 × 91 ÷ 30 + 91 = 251.666…
            #expect(try value("ENDED", "2024-04-01", "2024-10-24T15:00Z") == "251.66")
        }

        @Test("exchanges by the latest rates, and adds values in several currencies up in the base currency")
        func currencies() async throws {
            let tenant = try await TestTenant.make()
            let database = try tenant.database()
            try database.run(
                """
                INSERT INTO currency_rate VALUES ('EUR', 'test', '2024-01-01', 0.9), ('EUR', 'test', '2024-01-02', 0.8), \
                ('GBP', 'test', '2024-01-02', 0.5) ON CONFLICT DO NOTHING
                """)
            let rates = try database.run(
                """
                SELECT trim_scale(exchange_rate('EUR', 'GBP')), trim_scale(exchange_rate('USD', 'EUR')), \
                trim_scale(exchange_rate('RON', 'USD')), exchange_rate('EUR', 'EUR')
                """)
            #expect((0..<4).map { rates.text(0, $0) } == ["0.625", "0.8", "1", "1"])
            let organization = try tenant.organization("Currencies")
            for (currency, price) in [("EUR", 80), ("GBP", 50)] {
                let contract = try tenant.contract(
                    organization, "approved: true, serviceStarted: \"2024-01-01T00:00:00Z\", currency: \(currency)")
                _ = try tenant.data(
                    "mutation { contractLineItem_Create(input: { contractId: \"\(contract)\", billingCycle: ONCE, price: \(price), quantity: 1 }) { price } }"
                )
            }
            let fields = "organization(id: \"\(organization)\") { accountDetails { ltv ltvCurrency } }"
            #expect(try tenant.answer("{ \(fields) }").body.contains("\"ltv\":200,\"ltvCurrency\":\"USD\""))
            _ = try tenant.data("mutation { tenant_UpdateSettings(input: { baseCurrency: GBP }) { baseCurrency } }")
            #expect(try tenant.answer("{ \(fields) }").body.contains("\"ltv\":100,\"ltvCurrency\":\"GBP\""))
        }
    }
}

extension TestTenant {
    /// Makes a contract and gives its id.
    func contract(_ organization: String, _ members: String) throws -> String {
        let data = try data(
            "mutation { contract_Create(input: { organizationId: \"\(organization)\", \(members) }) { metadata { id } } }")
        return try #require((data["contract_Create"] as? [String: Any])?.object("metadata").text("id"))
    }
}
