import CustomerOS
import Foundation
import Postgres
import TestSupport
import Testing

extension ServiceSuite {
    /// The worked examples of the formulas, by name, as of 2024-10-24 unless they mention today.
    @Suite("Worked examples of contracts")
    struct ContractExampleTests {
        private static let now = "2024-10-24T12:00Z"

        // MARK: Amounts of a renewal

        struct Forecast: CustomTestStringConvertible {
            let name: String
            let items: [String]
            var rate = 100
            var end: String?
            let amount: String
            let most: String

            var testDescription: String { name }
        }

        static let forecasts = [
            Forecast(name: "ONCE 10", items: ["ONCE 10 1"], amount: "0", most: "0"),
            Forecast(
                name: "ONCE 1,000,000 + MONTHLY 10 × 5 + ANNUALLY 1000 × 2, rate 100",
                items: ["ONCE 1000000 1", "MONTHLY 10 5", "ANNUALLY 1000 2"], amount: "2600", most: "2600"),
            Forecast(name: "ANNUALLY 1000 × 4, rate 50", items: ["ANNUALLY 1000 4"], rate: 50, amount: "2000", most: "4000"),
            Forecast(name: "ANNUALLY 1000, contract ends tomorrow", items: ["ANNUALLY 1000 1"], end: "2024-10-25", amount: "0", most: "0"),
            Forecast(name: "… ends in 6 months", items: ["ANNUALLY 1000 1"], end: "2025-04-24", amount: "500", most: "500"),
            Forecast(name: "… ends in 13 months", items: ["ANNUALLY 1000 1"], end: "2025-11-24", amount: "1000", most: "1000"),
            // What the formulas say besides.
            Forecast(name: "… ends a day before 6 months", items: ["ANNUALLY 1000 1"], end: "2025-04-23", amount: "416.67", most: "416.67"),
            Forecast(name: "… ends in 12 months", items: ["ANNUALLY 1000 1"], end: "2025-10-24", amount: "1000", most: "1000"),
            Forecast(name: "… ends a day before 13 months", items: ["ANNUALLY 1000 1"], end: "2025-11-23", amount: "1000", most: "1000"),
            Forecast(
                name: "QUARTERLY 2.5 × 3, per use and never", items: ["QUARTERLY 2.5 3", "USAGE 7 1", "NONE 7 1"], amount: "30", most: "30"),
            Forecast(name: "rate 0", items: ["MONTHLY 10 1"], rate: 0, amount: "0", most: "120"),
            // Half a cent rounds away from zero.
            Forecast(name: "greatest amount 0.015", items: ["MONTHLY 0.00125 1"], amount: "0.02", most: "0.02"),
            Forecast(name: "greatest amount 0.0149", items: ["ANNUALLY 0.0149 1"], amount: "0.01", most: "0.01"),
            Forecast(name: "amount 0.015", items: ["ANNUALLY 0.03 1"], rate: 50, amount: "0.02", most: "0.03"),
            Forecast(name: "amount 0.0149", items: ["ANNUALLY 1.49 1"], rate: 1, amount: "0.01", most: "1.49"),
            Forecast(name: "part of a year 0.005", items: ["ANNUALLY 0.06 1"], end: "2024-11-24", amount: "0.01", most: "0.01"),
            Forecast(
                name: "part of a year 0.0049…", items: ["ANNUALLY 0.0599999999999999999999 1"], end: "2024-11-24", amount: "0", most: "0"),
            Forecast(
                name: "a quotient of seventeen digits and more", items: ["ANNUALLY 999999999999.99 1000"], end: "2025-09-24",
                amount: "916666666666657.5", most: "916666666666657.5"),
        ]

        @Test("the amounts of a renewal", arguments: forecasts)
        func forecast(_ example: Forecast) async throws {
            let tenant = try await TestTenant.make()
            // Without a start there is no date, which an end could come before.
            let contract = try tenant.storedContract(try tenant.organization("Forecast"), months: 12, end: example.end)
            for item in example.items { try tenant.storedItem(contract, item) }
            try tenant.refresh(contract, at: Self.now)
            try tenant.database().run(
                "UPDATE opportunity SET renewal_adjusted_rate = $2::integer WHERE tenant_id = $1::integer",
                [tenant.id, .text(String(example.rate))])
            try tenant.refresh(contract, "RENEWAL", at: Self.now)
            #expect(try tenant.renewal(contract).prefix(2) == [example.amount, example.most])
        }

        @Test("a version counts from its day on until its end, one that is paused does too")
        func versions() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.storedContract(try tenant.organization("Versions"), months: 12)
            try tenant.storedItem(contract, "ANNUALLY 1 1", start: "2024-10-24")
            try tenant.storedItem(contract, "ANNUALLY 10 1", start: "2024-10-25")
            try tenant.storedItem(contract, "ANNUALLY 100 1", end: "2024-10-24T12:00Z")
            try tenant.storedItem(contract, "ANNUALLY 1000 1", end: "2024-10-24")
            try tenant.database().run(
                "UPDATE service_line_item SET paused = true WHERE tenant_id = $1::integer AND price = 1", [tenant.id])
            try tenant.refresh(contract, at: Self.now)
            #expect(try tenant.renewal(contract).prefix(2) == ["101", "101"])
            try tenant.refresh(contract, "TIME", at: "2024-10-25T00:00Z")
            #expect(try tenant.renewal(contract).prefix(2) == ["11", "11"])
        }

        // MARK: The day of a renewal

        struct Due: CustomTestStringConvertible {
            let start: String
            let months: Int
            let isAutomatic: Bool
            let day: String

            var testDescription: String { "start \(start), length \(months)\(isAutomatic ? ", autoRenew" : "")" }
        }

        static let dues = [
            Due(start: "2021-01-01", months: 1, isAutomatic: true, day: "2024-11-01"),
            Due(start: "2021-01-01", months: 1, isAutomatic: false, day: "2021-02-01"),
            Due(start: "2024-10-23", months: 3, isAutomatic: true, day: "2025-01-23"),
            Due(start: "2021-01-01", months: 12, isAutomatic: true, day: "2025-01-01"),
            Due(start: "2021-01-01", months: 120, isAutomatic: true, day: "2031-01-01"),
            // Ends of months, leap years.
            Due(start: "2023-01-31", months: 1, isAutomatic: false, day: "2023-03-03"),
            Due(start: "2024-01-31", months: 1, isAutomatic: false, day: "2024-03-02"),
            Due(start: "2024-02-29", months: 12, isAutomatic: false, day: "2025-03-01"),
            Due(start: "2023-02-28", months: 12, isAutomatic: false, day: "2024-02-28"),
            Due(start: "2024-08-31", months: 6, isAutomatic: true, day: "2025-03-03"),
            // A day that ran over stays where it came to.
            Due(start: "2024-08-31", months: 1, isAutomatic: true, day: "2024-11-01"),
            // What is due at this very moment is not in the future.
            Due(start: "2023-10-24T12:00Z", months: 12, isAutomatic: true, day: "2025-10-24"),
            Due(start: "2024-10-25", months: 12, isAutomatic: true, day: "2025-10-25"),
        ]

        @Test("the day of a renewal", arguments: dues)
        func due(_ example: Due) async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.storedContract(
                try tenant.organization("Due"), months: example.months, isAutomatic: example.isAutomatic, start: example.start)
            try tenant.refresh(contract, at: Self.now)
            #expect(try tenant.renewal(contract).last == example.day)
            // What is set stays, also when the length changes.
            try tenant.database().run("UPDATE contract SET length_in_months = 7 WHERE tenant_id = $1::integer", [tenant.id])
            try tenant.refresh(contract, at: Self.now)
            #expect(try tenant.renewal(contract).last == example.day)
        }

        @Test("the next renewal counts from one won before today, not from a future one")
        func won() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.storedContract(try tenant.organization("Won"), months: 12, start: "2020-05-05")
            for day in ["2022-03-01", "2021-03-01", "2025-03-01"] {
                try tenant.database().run(
                    """
                    INSERT INTO opportunity (tenant_id, id, contract_id, internal_type, internal_stage, renewed_at) \
                    VALUES ($1::integer, gen_random_uuid(), $2::uuid, 'RENEWAL', 'CLOSED_WON', $3::timestamptz)
                    """, [tenant.id, .text(contract), .text(day)])
            }
            try tenant.refresh(contract, at: Self.now)
            #expect(try tenant.renewal(contract).last == "2023-03-01")
        }

        @Test("months are added as days run over and counted as days are reached", arguments: [1, 2, 3])
        func calendar(_ seed: UInt64) async throws {
            var numbers = RandomSource(seed: seed)
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = .gmt
            let tenant = try await TestTenant.make()
            for _ in 0..<300 {
                let day = Int.random(in: -20_000...40_000, using: &numbers)
                let months = Int.random(in: 0...130, using: &numbers)
                let start = Date(timeIntervalSince1970: Double(day) * 86_400)
                let parts = calendar.dateComponents([.year, .month, .day], from: start)
                let month = (parts.year ?? 0) * 12 + (parts.month ?? 0) - 1 + months
                let first = try #require(
                    calendar.date(from: DateComponents(timeZone: .gmt, year: month / 12, month: month % 12 + 1, day: 1)))
                let expected = Int(first.timeIntervalSince1970 / 86_400) + (parts.day ?? 0) - 1
                let end = day + Int.random(in: -40...800, using: &numbers)
                let other = calendar.dateComponents([.year, .month, .day], from: Date(timeIntervalSince1970: Double(end) * 86_400))
                let between = max(
                    0,
                    (other.year ?? 0) * 12 + (other.month ?? 0) - (parts.year ?? 0) * 12 - (parts.month ?? 0)
                        - ((other.day ?? 0) < (parts.day ?? 0) ? 1 : 0))
                let found = try tenant.row(
                    """
                    SELECT months_later(d.start, $3::integer)::date - date '1970-01-01', months_between(d.start, d.until) \
                    FROM (SELECT '1970-01-01T00:00Z'::timestamptz + $2::integer * interval '1 day' AS start, \
                    '1970-01-01T00:00Z'::timestamptz + $4::integer * interval '1 day' AS until) d WHERE $1::integer > 0
                    """, [.text(String(day)), .text(String(months)), .text(String(end))])
                try #require(found == [String(expected), String(between)], "\(day) \(months) \(end)")
            }
        }

        @Test("there is no day without a start or a length, and none out of range")
        func undated() async throws {
            let tenant = try await TestTenant.make()
            #expect(
                try tenant.row(
                    "SELECT next_renewal(NULL, 12, true, now()), next_renewal(now(), 0, true, now()) FROM tenant WHERE id = $1::integer")
                    == ["null", "null"])
            let organization = try tenant.organization("Undated")
            let answer = try tenant.answer(
                "mutation { contract_Create(input: { organizationId: \"\(organization)\", committedPeriodInMonths: 1200, serviceStarted: \"9999-06-01T00:00:00Z\" }) { name } }"
            )
            #expect(answer.codes == ["BAD_USER_INPUT"] && answer.messages.first?.contains("a year from 1 to 9999") == true)
            #expect(try tenant.value("SELECT count(*) FROM contract WHERE tenant_id = $1::integer") == "0")
            let contract = try tenant.contract(organization, "committedPeriodInMonths: 6, serviceStarted: \"9999-06-01T00:00:00Z\"")
            #expect(try tenant.renewal(contract).last == "9999-12-01")
        }

        // MARK: Status

        struct Status: CustomTestStringConvertible {
            let name: String
            var isApproved = true
            var start: String?
            var end: String?
            var isAutomatic = false
            var due: String?
            let status: String

            var testDescription: String { name }
        }

        static let statuses = [
            Status(name: "ended yesterday", start: "2024-01-01", end: "2024-10-23", isAutomatic: true, status: "ENDED"),
            Status(name: "ended yesterday and never approved", isApproved: false, end: "2024-10-23", status: "ENDED"),
            Status(name: "ended at the beginning of today", start: "2024-01-01", end: "2024-10-24", status: "ENDED"),
            Status(name: "ends at this moment", start: "2024-01-01", end: "2024-10-24T12:00Z", status: "LIVE"),
            Status(name: "unapproved without a start", isApproved: false, isAutomatic: true, status: "DRAFT"),
            Status(name: "unapproved with a start to come", isApproved: false, start: "2024-11-01", status: "DRAFT"),
            Status(name: "unapproved, started", isApproved: false, start: "2024-01-01", status: "DRAFT"),
            Status(name: "approved without a start", isAutomatic: true, status: "SCHEDULED"),
            Status(name: "approved with a start to come", start: "2024-10-25", isAutomatic: true, status: "SCHEDULED"),
            Status(name: "approved, starts at this moment", start: "2024-10-24T12:00Z", status: "LIVE"),
            Status(name: "approved, started, autoRenew", start: "2024-01-01", isAutomatic: true, due: "2024-10-23", status: "LIVE"),
            Status(name: "no autoRenew and no renewal", start: "2024-01-01", status: "LIVE"),
            Status(name: "no autoRenew, renewedAt yesterday", start: "2024-01-01", due: "2024-10-23", status: "OUT_OF_CONTRACT"),
            Status(name: "no autoRenew, renewedAt tomorrow", start: "2024-01-01", due: "2024-10-25", status: "LIVE"),
            Status(
                name: "no autoRenew, renewedAt yesterday, a start to come", start: "2024-11-01", due: "2024-10-23", status: "SCHEDULED"),
        ]

        @Test("the status of a contract", arguments: statuses)
        func status(_ example: Status) async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.storedContract(
                try tenant.organization("Status"), months: example.due == nil ? 0 : 12, isApproved: example.isApproved,
                isAutomatic: example.isAutomatic, start: example.start, end: example.end)
            if let due = example.due {
                try tenant.database().run(
                    """
                    INSERT INTO opportunity (tenant_id, id, contract_id, internal_type, renewal_likelihood, renewed_at) \
                    VALUES ($1::integer, gen_random_uuid(), $2::uuid, 'RENEWAL', 'HIGH', $3::timestamptz)
                    """, [tenant.id, .text(contract), .text(due)])
            }
            try tenant.refresh(contract, at: Self.now)
            #expect(try tenant.value("SELECT status FROM contract WHERE tenant_id = $1::integer") == example.status)
        }

        // MARK: Likelihood

        @Test("a contract that ends before it is due has no chance; one that no longer does has half")
        func likelihood() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.storedContract(
                try tenant.organization("Likelihood"), months: 12, isAutomatic: true, start: "2024-03-01")
            try tenant.storedItem(contract, "ANNUALLY 1000 1")
            func end(_ day: String?) throws -> [String] {
                try tenant.database().run(
                    "UPDATE contract SET ended_at = $2::timestamptz WHERE tenant_id = $1::integer", [tenant.id, Parameter(given: day)])
                try tenant.refresh(contract, at: Self.now)
                return Array(try tenant.renewal(contract)[0..<4])
            }
            try tenant.refresh(contract, at: Self.now)
            #expect(try Array(tenant.renewal(contract)[0..<4]) == ["1000", "1000", "HIGH", "100"])
            // On the very day it is neither before nor after.
            #expect(try end("2025-03-01") == ["333.33", "333.33", "HIGH", "100"])
            #expect(try end("2025-02-28") == ["0", "333.33", "ZERO", "0"])
            #expect(try end("2025-03-01") == ["0", "333.33", "ZERO", "0"])
            #expect(try end("2025-03-02") == ["166.67", "333.33", "MEDIUM", "50"])
            #expect(try end("2025-02-28") == ["0", "333.33", "ZERO", "0"])
            #expect(try end(nil) == ["500", "1000", "MEDIUM", "50"])
        }

        // MARK: The organization

        @Test("org ARR: renewals amount 10, 100, 1000, greatest 20, 200, 2000, and one NBO make 1110 / 2220")
        func organizationForecast() async throws {
            let (tenant, organization) = try await renewals([
                ("10", "20", "HIGH", "1 day"), ("100", "200", "HIGH", "1 day"), ("1000", "2000", "HIGH", "1 day"),
            ])
            _ = try tenant.data(
                "mutation { opportunity_Save(input: { organizationId: \"\(organization)\", amount: 5, maxAmount: 5 }) { name } }")
            #expect(try summary(tenant, organization).prefix(2) == ["1110", "2220"])
            // Drafts do not count.
            try tenant.database().run(
                """
                UPDATE contract SET status = 'DRAFT' WHERE tenant_id = $1::integer AND id = (SELECT contract_id FROM active_renewal \
                WHERE tenant_id = $1::integer AND amount = 1000)
                """, [tenant.id])
            #expect(try summary(tenant, organization).prefix(2) == ["110", "220"])
        }

        @Test("org summary: HIGH tomorrow, LOW in 2 days, closed ZERO make LOW, next is tomorrow; none make null")
        func organizationSummary() async throws {
            let (tenant, organization) = try await renewals([
                ("0", "0", "HIGH", "1 day"), ("0", "0", "LOW", "2 days"), ("0", "0", "ZERO", "3 hours"),
            ])
            #expect(try summary(tenant, organization).suffix(2) == ["ZERO", "0"])
            func close(_ likelihood: String) throws {
                try tenant.database().run(
                    "UPDATE opportunity SET internal_stage = 'CLOSED_LOST' WHERE tenant_id = $1::integer AND renewal_likelihood = $2",
                    [tenant.id, .text(likelihood)])
            }
            try close("ZERO")
            #expect(try summary(tenant, organization).suffix(2) == ["LOW", "1"])
            let data = try tenant.data(
                "{ organization(id: \"\(organization)\") { accountDetails { renewalSummary { renewalLikelihood } } } }")
            #expect(
                data.object("organization").object("accountDetails").object("renewalSummary").text("renewalLikelihood") == "LOW_RENEWAL")
            try tenant.database().run(
                "UPDATE opportunity SET renewal_likelihood = 'MEDIUM' WHERE tenant_id = $1::integer AND renewal_likelihood = 'LOW'",
                [tenant.id])
            #expect(try summary(tenant, organization).suffix(2) == ["MEDIUM", "1"])
            try close("MEDIUM")
            #expect(try summary(tenant, organization).suffix(2) == ["HIGH", "1"])
            try close("HIGH")
            #expect(try summary(tenant, organization).suffix(2) == ["null", "null"])
        }

        /// An organization with live contracts, whose renewals come to this.
        private func renewals(_ figures: [(amount: String, most: String, likelihood: String, due: String)]) async throws -> (
            TestTenant, String
        ) {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Figures")
            for figure in figures {
                let contract = try tenant.storedContract(organization, months: 12, isAutomatic: true)
                try tenant.database().run(
                    "UPDATE contract SET status = 'LIVE' WHERE tenant_id = $1::integer AND id = $2::uuid", [tenant.id, .text(contract)])
                try tenant.database().run(
                    """
                    INSERT INTO opportunity (tenant_id, id, contract_id, internal_type, amount, max_amount, renewal_likelihood, renewed_at) \
                    VALUES ($1::integer, gen_random_uuid(), $2::uuid, 'RENEWAL', $3::numeric, $4::numeric, $5, now() + $6::interval)
                    """,
                    [
                        tenant.id, .text(contract), .text(figure.amount), .text(figure.most), .text(figure.likelihood), .text(figure.due),
                    ])
            }
            return (tenant, organization)
        }

        private func summary(_ tenant: TestTenant, _ organization: String) throws -> [String] {
            try tenant.database().run("CALL renewal_refresh($1::integer, ARRAY[$2::uuid])", [tenant.id, .text(organization)])
            return try tenant.row(
                """
                SELECT trim_scale(renewal_arr), trim_scale(renewal_max_arr), renewal_likelihood, \
                round(extract(epoch FROM next_renewal_at - now()) / 86400) FROM organization WHERE tenant_id = $1::integer AND id = $2::uuid
                """, [.text(organization)])
        }

        @Test(
            "an organization that becomes ENGAGED without opportunity and contract gets one: its name and owner, the currency, the first stage"
        )
        func engaged() async throws {
            let tenant = try await TestTenant.make()
            try tenant.database().run(
                "UPDATE opportunity_stage SET visible = value = 'STAGE5' WHERE tenant_id = $1::integer", [tenant.id])
            func opportunities(_ organization: String) throws -> String {
                try tenant.answer(
                    "mutation { organization_Update(input: { id: \"\(organization)\", stage: ENGAGED }) { opportunities { name currency internalType internalStage externalStage } } }"
                ).body
            }
            let made = try tenant.organization("Engaged")
            #expect(
                try opportunities(made).contains(
                    "[{\"name\":\"Engaged\",\"currency\":\"USD\",\"internalType\":\"NBO\",\"internalStage\":\"OPEN\",\"externalStage\":\"STAGE5\"}]"
                ))
            let other = try tenant.organization("Other")
            _ = try tenant.contract(other, "contractName: \"C\"")
            #expect(try opportunities(other).contains("\"opportunities\":[]"))
            try tenant.database().run("UPDATE opportunity_stage SET visible = false WHERE tenant_id = $1::integer", [tenant.id])
            #expect(try opportunities(try tenant.organization("Last")).contains("\"externalStage\":\"STAGE1\""))
        }

        // MARK: Renewals judged in bulk

        @Test("two active renewals (HIGH, ZERO), all to MEDIUM and 50: both changed, owner untouched, the organization answered")
        func updateAll() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("All")
            for members in ["approved: true", "approved: false"] {
                let contract = try tenant.contract(organization, "committedPeriodInMonths: 12, autoRenew: true, \(members)")
                _ = try tenant.item(contract, "billingCycle: ANNUALLY, price: 10, quantity: 1")
            }
            let owner = try #require(
                try tenant.value(
                    """
                    WITH made AS (INSERT INTO app_user (tenant_id, id, name) VALUES ($1::integer, gen_random_uuid(), 'Olga') RETURNING id), \
                    given AS (UPDATE opportunity SET owner_id = made.id FROM made WHERE tenant_id = $1::integer) SELECT id FROM made
                    """))
            try tenant.database().run(
                """
                UPDATE opportunity SET renewal_likelihood = 'ZERO', renewal_adjusted_rate = 0, amount = 0 WHERE tenant_id = $1::integer \
                AND id = (SELECT id FROM opportunity WHERE tenant_id = $1::integer ORDER BY id LIMIT 1)
                """, [tenant.id])
            let data = try tenant.data(
                "mutation { opportunityRenewal_UpdateAllForOrganization(input: { organizationId: \"\(organization)\", renewalLikelihood: MEDIUM_RENEWAL, renewalAdjustedRate: 50 }) { metadata { id } } }"
            )
            #expect(data.object("opportunityRenewal_UpdateAllForOrganization").object("metadata").text("id") == organization)
            #expect(
                try tenant.row(
                    """
                    SELECT count(*), min(renewal_likelihood), max(renewal_likelihood), min(renewal_adjusted_rate), max(renewal_adjusted_rate), \
                    trim_scale(min(amount)), trim_scale(max(amount)), min(owner_id::text), count(DISTINCT owner_id) \
                    FROM active_renewal WHERE tenant_id = $1::integer
                    """) == ["2", "MEDIUM", "MEDIUM", "50", "50", "5", "5", owner, "1"])
        }

        // MARK: Contracts and services as they were written in the examples

        @Test(
            "contract_Update with 36 months, cycle 12, an end in the past, 7 days, two copies and an address is stored; no dates are null")
        func update() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.contract(try tenant.organization("Update"), "approved: true")
            let fields =
                "contractEnded committedPeriodInMonths serviceStarted contractSigned contractStatus billingDetails { billingCycleInMonths dueDays billingEmailCC addressLine1 addressLine2 locality region country postalCode organizationLegalName }"
            let stored = try tenant.answer(
                "mutation { contract_Update(input: { contractId: \"\(contract)\", patch: true, committedPeriodInMonths: 36, contractEnded: \"2019-03-01T00:00:00Z\", serviceStarted: \"2019-01-01T00:00:00Z\", contractSigned: \"2019-02-01T00:00:00Z\", billingDetails: { billingCycleInMonths: 12, dueDays: 7, billingEmailCC: [\"cc1@b.example\", \"cc2@b.example\"], addressLine1: \"1\", addressLine2: \"2\", locality: \"3\", region: \"4\", country: \"FR\", postalCode: \"6\", organizationLegalName: \"7\" } }) { \(fields) } }"
            ).body
            #expect(
                stored
                    == "{\"data\":{\"contract_Update\":{\"contractEnded\":\"2019-03-01T00:00:00Z\",\"committedPeriodInMonths\":36,\"serviceStarted\":\"2019-01-01T00:00:00Z\",\"contractSigned\":\"2019-02-01T00:00:00Z\",\"contractStatus\":\"ENDED\",\"billingDetails\":{\"billingCycleInMonths\":12,\"dueDays\":7,\"billingEmailCC\":[\"cc1@b.example\",\"cc2@b.example\"],\"addressLine1\":\"1\",\"addressLine2\":\"2\",\"locality\":\"3\",\"region\":\"4\",\"country\":\"FR\",\"postalCode\":\"6\",\"organizationLegalName\":\"7\"}}}}"
            )
            let cleared = try tenant.data(
                "mutation { contract_Update(input: { contractId: \"\(contract)\", patch: true, contractEnded: \"0001-01-01T00:00:00Z\", serviceStarted: \"0001-01-01T00:00:00Z\", contractSigned: \"0001-01-01T00:00:00Z\" }) { contractEnded serviceStarted contractSigned } }"
            ).object("contract_Update")
            #expect(cleared.values.allSatisfy { $0 is NSNull } && cleared.count == 3)
        }

        @Test("the zero time of Go programs means no date; every other time of that day is one")
        func noDate() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("No date")
            for (given, stored) in [
                ("0001-01-01T00:00:00Z", "null"), ("0001-01-01T01:00:00+01:00", "null"), ("0001-01-01", "null"),
                ("0001-01-01T00:00:01Z", #""0001-01-01T00:00:00Z""#), ("0001-01-01T12:00:00Z", #""0001-01-01T00:00:00Z""#),
            ] {
                let made = try tenant.answer(
                    "mutation { contract_Create(input: { organizationId: \"\(organization)\", contractSigned: \"\(given)\" }) { contractSigned } }"
                )
                #expect(made.body == "{\"data\":{\"contract_Create\":{\"contractSigned\":\(stored)}}}", "\(given)")
            }
        }

        @Test("a MONTHLY service of 30 × 2 with 20 %, a version of 1.1 × 2 with 33 % tomorrow: the same service, MONTHLY")
        func newVersion() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.contract(try tenant.organization("Version"), "approved: true")
            let fields = "metadata { id } parentId billingCycle price quantity tax { taxRate } serviceStarted"
            let first = try tenant.data(
                "mutation { contractLineItem_Create(input: { contractId: \"\(contract)\", billingCycle: MONTHLY, price: 30, quantity: 2, tax: { taxRate: 20 } }) { \(fields) } }"
            ).object("contractLineItem_Create")
            let id = first.object("metadata").text("id")
            #expect(first.text("parentId") == id && first.text("serviceStarted") == tenant.day(0))
            #expect(first.number("price") == 30 && first.number("quantity") == 2 && first.object("tax").number("taxRate") == 20)
            let body = try tenant.answer(
                "mutation { contractLineItem_NewVersion(input: { id: \"\(id)\", price: 1.1, quantity: 2, tax: { taxRate: 33 }, serviceStarted: \"\(tenant.day(1))\" }) { parentId billingCycle price quantity tax { taxRate } serviceStarted serviceEnded } }"
            ).body
            #expect(
                body
                    == "{\"data\":{\"contractLineItem_NewVersion\":{\"parentId\":\"\(id)\",\"billingCycle\":\"MONTHLY\",\"price\":1.1,\"quantity\":2,\"tax\":{\"taxRate\":33},\"serviceStarted\":\"\(tenant.day(1))\",\"serviceEnded\":null}}}"
            )
            let taken = try tenant.answer(
                "mutation { contractLineItem_NewVersion(input: { id: \"\(id)\", price: 1, serviceStarted: \"\(tenant.day(1))\" }) { price } }"
            )
            #expect(
                taken.messages == [
                    "failed to create new contract line item version: contract line item with id {\(id)} already exists with the same start date {\(tenant.day(1).prefix(10))}"
                ])
            #expect(taken.body.contains("\"path\":[\"contractLineItem_NewVersion\"]"))
        }

        @Test("an update to MONTHLY 30 × 2 with 10.5 % and comments is stored; the same again writes nothing")
        func updateTwice() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.contract(try tenant.organization("Twice"), "approved: true")
            let id = try tenant.item(contract, "billingCycle: MONTHLY, price: 1, quantity: 1")
            func state() throws -> [String] {
                try tenant.row(
                    """
                    SELECT billed, trim_scale(price), quantity, trim_scale(vat_rate), comments, updated_at::text, xmin \
                    FROM service_line_item WHERE tenant_id = $1::integer
                    """)
            }
            let update =
                "mutation { contractLineItem_Update(input: { id: \"\(id)\", billingCycle: MONTHLY, price: 30, quantity: 2, tax: { taxRate: 10.5 }, comments: \"c\" }) { price } }"
            _ = try tenant.data(update)
            let first = try state()
            #expect(first.prefix(5) == ["MONTHLY", "30", "2", "10.5", "c"])
            _ = try tenant.data(update)
            #expect(try state() == first)
        }

        @Test("contract_Renew decides only that it is renewed, and when")
        func renewKeeps() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.contract(
                try tenant.organization("Renew"), "committedPeriodInMonths: 12, approved: true, serviceStarted: \"\(tenant.day(-5))\"")
            let renewal = try #require(try tenant.value("SELECT id FROM active_renewal WHERE tenant_id = $1::integer"))
            _ = try tenant.data(
                "mutation { opportunityRenewalUpdate(input: { opportunityId: \"\(renewal)\", renewalLikelihood: LOW_RENEWAL, renewalAdjustedRate: 25, comments: \"c\" }) { amount } }"
            )
            _ = try tenant.data(
                "mutation { opportunityRenewalUpdate(input: { opportunityId: \"\(renewal)\", amount: 7 }) { amount } }")
            _ = try tenant.data("mutation { contract_Renew(input: { contractId: \"\(contract)\" }) { name } }")
            #expect(
                try tenant.row(
                    """
                    SELECT renewal_approved, renewal_likelihood, renewal_adjusted_rate, comments, trim_scale(amount) FROM active_renewal \
                    WHERE tenant_id = $1::integer
                    """) == ["t", "LOW", "25", "c", "7"])
        }

        @Test("a due contract that is renewed for a day to come is due one length after that day")
        func renewLater() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.contract(
                try tenant.organization("Later"), "committedPeriodInMonths: 12, approved: true, serviceStarted: \"2020-01-01T00:00:00Z\"")
            _ = try tenant.data(
                "mutation { contract_Renew(input: { contractId: \"\(contract)\", renewalDate: \"2098-05-01T10:00:00Z\" }) { name } }")
            #expect(
                try tenant.value(
                    "SELECT renewed_at::date FROM opportunity WHERE tenant_id = $1::integer AND internal_stage = 'CLOSED_WON'")
                    == "2098-05-01")
            #expect(try tenant.renewal(contract).last == "2099-05-01")
        }

        @Test("a contract whose renewal is lost has none until something else changes, and is not out of contract for it")
        func lost() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.contract(
                try tenant.organization("Lost"), "committedPeriodInMonths: 1, approved: true, serviceStarted: \"\(tenant.day(-90))\"")
            func status() throws -> String? { try tenant.value("SELECT status FROM contract WHERE tenant_id = $1::integer") }
            #expect(try status() == "OUT_OF_CONTRACT")
            let renewal = try #require(try tenant.value("SELECT id FROM active_renewal WHERE tenant_id = $1::integer"))
            _ = try tenant.data(
                "mutation { opportunity_Save(input: { opportunityId: \"\(renewal)\", internalStage: CLOSED_LOST }) { name } }")
            #expect(try status() == "LIVE")
            #expect(try tenant.renewal(contract).isEmpty)
            _ = try tenant.data("mutation { contract_Update(input: { contractId: \"\(contract)\", contractName: \"x\" }) { name } }")
            #expect(try status() == "OUT_OF_CONTRACT")
        }

        @Test("a judged renewal keeps what is not given; rates are from 0 to 100")
        func judged() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.contract(
                try tenant.organization("Judge"), "committedPeriodInMonths: 12, approved: true, autoRenew: true")
            _ = try tenant.item(contract, "billingCycle: ANNUALLY, price: 100, quantity: 1")
            let renewal = try #require(try tenant.value("SELECT id FROM active_renewal WHERE tenant_id = $1::integer"))
            func judge(_ members: String) throws -> [String] {
                _ = try tenant.data(
                    "mutation { opportunityRenewalUpdate(input: { opportunityId: \"\(renewal)\", \(members) }) { amount } }")
                return Array(try tenant.renewal(contract)[0..<4])
            }
            #expect(try judge("renewalLikelihood: LOW_RENEWAL, renewalAdjustedRate: 25") == ["25", "100", "LOW", "25"])
            #expect(try judge("renewalLikelihood: null, comments: \"c\"") == ["25", "100", "LOW", "25"])
            #expect(try judge("renewalAdjustedRate: 100") == ["100", "100", "LOW", "100"])
            #expect(try judge("renewalAdjustedRate: 0") == ["0", "100", "LOW", "0"])
            #expect(try judge("amount: 3.33") == ["3.33", "100", "LOW", "0"])
            // The same amount with another rate is computed.
            #expect(try judge("amount: 3.33, renewalAdjustedRate: 50") == ["50", "100", "LOW", "50"])
            #expect(try judge("amount: 8, renewalAdjustedRate: 10") == ["8", "100", "LOW", "10"])
            // Until something else triggers a recalculation.
            _ = try tenant.item(contract, "billingCycle: ANNUALLY, price: 100, quantity: 1")
            #expect(try tenant.renewal(contract).prefix(2) == ["20", "200"])
        }

        // MARK: Lifetime values

        @Test("own example: ONCE 100, MONTHLY 10 × 2 (198), ANNUALLY 365 that ended (100), QUARTERLY in 2025 (0) make 398 after 297 days")
        func lifetimeValue() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Value")
            let contract = try tenant.storedContract(organization, months: 0, isAutomatic: true, start: "2024-01-01", currency: "EUR")
            try tenant.storedItem(contract, "ONCE 100 1")
            try tenant.storedItem(contract, "MONTHLY 10 2")
            try tenant.storedItem(contract, "ANNUALLY 365 1", end: "2024-04-10")
            try tenant.storedItem(contract, "QUARTERLY 9 1", start: "2025-01-01")
            func value(_ moment: String) throws -> [String] {
                try tenant.refresh(contract, at: moment)
                return try tenant.row(
                    """
                    SELECT c.status, trim_scale(c.lifetime_value), trim_scale(o.lifetime_value), o.lifetime_value_currency, o.churned_at::date \
                    FROM contract c JOIN organization o ON o.tenant_id = c.tenant_id AND o.id = c.organization_id \
                    WHERE c.tenant_id = $1::integer
                    """)
            }
            #expect(try value("2024-10-24T15:00Z") == ["LIVE", "398", "398", "EUR", "null"])
            #expect(try value("2024-10-24T00:00Z") == ["LIVE", "398", "398", "EUR", "null"])
            // 100 + 20 × 91 ÷ 30 + 91 = 251.666…, cut.
            try tenant.database().run("UPDATE contract SET ended_at = '2024-04-01' WHERE tenant_id = $1::integer", [tenant.id])
            #expect(try value("2024-10-24T15:00Z") == ["ENDED", "251.66", "251.66", "EUR", "2024-04-01"])
            try tenant.database().run("UPDATE contract SET ended_at = NULL, approved = false WHERE tenant_id = $1::integer", [tenant.id])
            #expect(try value("2024-10-24T15:00Z") == ["DRAFT", "0", "0", "EUR", "null"])
        }

        @Test("lifetime values are cut exactly, below zero too, however many digits there are")
        func exactLifetimeValue() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Exact")
            for (item, expected) in [
                ("MONTHLY 0.01 1", "0.09"), ("ONCE -0.019 1", "-0.01"), ("ONCE 0.0199999999999999999999999 1", "0.01"),
                ("ANNUALLY 0.012289562289562289562289 1", "0.00"), ("ANNUALLY 0.0122895622895622895623 1", "0.01"),
                ("ONCE 12345678901.678 10000", "123456789016780.00"),
            ] {
                let contract = try tenant.storedContract(organization, months: 0, isAutomatic: true, start: "2024-01-01")
                try tenant.storedItem(contract, item)
                try tenant.refresh(contract, at: "2024-10-24T15:00Z")
                #expect(
                    try tenant.value(
                        "SELECT lifetime_value FROM contract WHERE tenant_id = $1::integer AND id = $2::uuid", [.text(contract)])
                        == expected, "\(item)")
            }
        }

        @Test("EUR 0.8 and GBP 0.5 make 0.625 EUR to GBP, USD to EUR 0.8, an unknown one to USD 1")
        func rates() async throws {
            let tenant = try await TestTenant.make()
            try Self.rates(tenant)
            #expect(
                try tenant.row(
                    """
                    SELECT trim_scale(exchange_rate('EUR', 'GBP')), trim_scale(exchange_rate('USD', 'EUR')), \
                    trim_scale(exchange_rate('RON', 'USD')), exchange_rate('EUR', 'EUR') WHERE $1::integer > 0
                    """) == ["0.625", "0.8", "1", "1"])
        }

        static func rates(_ tenant: TestTenant) throws {
            try tenant.database().run(
                """
                INSERT INTO currency_rate VALUES ('EUR', 'test', '2024-01-01', 0.9), ('EUR', 'test', '2024-01-02', 0.8), \
                ('GBP', 'test', '2024-01-02', 0.5), ('CHF', 'test', '2024-01-02', 0.9), ('SEK', 'test', '2024-01-02', 0.3) \
                ON CONFLICT DO NOTHING
                """)
        }

        @Test("values in one currency keep it; in several they are exchanged into the base currency, without losing a cent")
        func currencies() async throws {
            let tenant = try await TestTenant.make()
            try Self.rates(tenant)
            let organization = try tenant.organization("Currencies")
            func add(_ currency: String, _ price: String, isApproved: Bool = true) throws -> String {
                let contract = try tenant.storedContract(
                    organization, months: 0, isApproved: isApproved, isAutomatic: true, start: "2024-01-01", currency: currency)
                try tenant.storedItem(contract, "ONCE \(price) 1")
                try tenant.refresh(contract, at: Self.now)
                let details = try tenant.answer("{ organization(id: \"\(organization)\") { accountDetails { ltv ltvCurrency } } }").body
                return String(details.dropFirst("{\"data\":{\"organization\":{\"accountDetails\":{".count).dropLast(4))
            }
            #expect(try add("CHF", "10") == "\"ltv\":10,\"ltvCurrency\":\"CHF\"")
            // A draft has no value, so its currency says nothing.
            #expect(try add("RON", "5", isApproved: false) == "\"ltv\":10,\"ltvCurrency\":\"CHF\"")
            // (10 + 80) ÷ 0.9 + 0.3 ÷ 0.3 = 101
            #expect(try add("CHF", "80") == "\"ltv\":90,\"ltvCurrency\":\"CHF\"")
            #expect(try add("SEK", "0.3") == "\"ltv\":101,\"ltvCurrency\":\"USD\"")
            // 0.01 ÷ 0.9 = 0.0111…, cut.
            #expect(try add("CHF", "0.01") == "\"ltv\":101.01,\"ltvCurrency\":\"USD\"")
            _ = try tenant.data("mutation { tenant_UpdateSettings(input: { baseCurrency: SEK }) { baseCurrency } }")
            #expect(
                try tenant.answer("{ organization(id: \"\(organization)\") { accountDetails { ltv ltvCurrency } } }").body.contains(
                    "\"ltv\":30.3,\"ltvCurrency\":\"SEK\""))
        }

        @Test("every currency of the interface has a row with its symbol")
        func symbols() async throws {
            let tenant = try await TestTenant.make()
            let names = try tenant.data("{ __type(name: \"Currency\") { enumValues { name } } }").object("__type").objects("enumValues")
                .map { $0.text("name") }.sorted()
            let stored = try tenant.value("SELECT string_agg(code || ' ' || symbol, ',' ORDER BY code) FROM currency WHERE $1::integer > 0")
            #expect(
                stored
                    == "AUD A$,BRL R$,CAD C$,CHF Fr,CNY ¥,EUR €,GBP £,HKD HK$,INR ₹,JPY ¥,KRW ₩,MXN Mex$,NOK kr,NZD NZ$,RON L,SEK kr,SGD S$,TRY ₺,USD $,ZAR R"
            )
            #expect(stored?.split(separator: ",").map { $0.prefix(3) } == names.map { $0.prefix(3) })
        }

        // MARK: Settings

        @Test("tenant_UpdateSettings to EUR, billing and a logo is stored; a stage is changed in part")
        func settings() async throws {
            let tenant = try await TestTenant.make()
            let body = try tenant.answer(
                "mutation { tenant_UpdateSettings(input: { baseCurrency: EUR, billingEnabled: true, logoRepositoryFileId: \"123-456-789\" }) { baseCurrency billingEnabled logoRepositoryFileId opportunityStages { id label visible likelihoodRate } } }"
            )
            let settings = body.object("tenant_UpdateSettings")
            #expect(settings.text("baseCurrency") == "EUR" && settings["billingEnabled"] as? Bool == true)
            #expect(settings.text("logoRepositoryFileId") == "123-456-789" && settings.objects("opportunityStages").count == 10)
            let stage = settings.objects("opportunityStages")[3].text("id")
            _ = try tenant.data(
                "mutation { tenant_UpdateSettingsOpportunityStage(input: { id: \"\(stage)\", visible: true, likelihoodRate: 40 }) { accepted } }"
            )
            #expect(
                try tenant.row(
                    "SELECT label, visible, likelihood_rate, position FROM opportunity_stage WHERE tenant_id = $1::integer AND id = $2::uuid",
                    [.text(stage)]) == ["Stage 4", "t", "40", "4"])
        }
    }
}
