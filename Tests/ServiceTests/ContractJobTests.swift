import CustomerOS
import Foundation
import Postgres
import Service
import Testing

extension ServiceSuite {
    /// What time alone changes.
    @Suite("The job of contracts", .serialized)
    struct ContractJobTests {
        /// A contract that began a year and a day ago, with one service, as it was at its beginning.
        private func due(_ tenant: TestTenant, automatic: Bool, approved: Bool = false) throws -> (organization: String, contract: String) {
            let organization = try tenant.organization("Due")
            let contract = try tenant.contract(organization, "contractName: \"Rent\", committedPeriodInMonths: 12, approved: true")
            _ = try tenant.data(
                "mutation { contractLineItem_Create(input: { contractId: \"\(contract)\", billingCycle: MONTHLY, price: 10, quantity: 1 }) { price } }"
            )
            let database = try tenant.database()
            try database.run(
                """
                UPDATE contract SET service_started_at = date_trunc('day', now()) - interval '1 year 1 day', auto_renew = $2::boolean, status = 'LIVE' \
                WHERE tenant_id = $1::integer
                """, [tenant.id, .text(String(automatic))])
            try database.run(
                """
                UPDATE opportunity SET renewed_at = date_trunc('day', now()) - interval '1 day', renewal_approved = $2::boolean \
                WHERE tenant_id = $1::integer
                """, [tenant.id, .text(String(approved))])
            return (organization, contract)
        }

        private func state(_ tenant: TestTenant) throws -> [String] {
            let rows = try tenant.database().run(
                """
                SELECT c.status, string_agg(o.internal_stage || ' ' || (o.renewed_at::date - current_date) / 300, ', ' ORDER BY o.renewed_at) \
                FROM contract c JOIN opportunity o ON o.tenant_id = c.tenant_id AND o.contract_id = c.id \
                WHERE c.tenant_id = $1::integer GROUP BY c.id, c.status
                """, [tenant.id])
            return (0..<rows.rowCount).map { "\(rows.text($0, 0) ?? ""): \(rows.text($0, 1) ?? "")" }
        }

        private var job: Job { get throws { try #require(Job.named("contracts")) } }

        @Test("renews what renews itself or was approved, and leaves the rest out of contract; again it does nothing")
        func renewal() async throws {
            for (automatic, approved, expected) in [
                (true, false, "LIVE: CLOSED_WON 0, OPEN 1"), (false, true, "LIVE: CLOSED_WON 0, OPEN 1"),
                (false, false, "OUT_OF_CONTRACT: OPEN 0"),
            ] {
                let tenant = try await TestTenant.make()
                let made = try due(tenant, automatic: automatic, approved: approved)
                let first = try job.run(tenant.database())
                #expect(first.changed > 0 && !first.isBusy)
                #expect(try state(tenant) == [expected])
                #expect(try job.run(tenant.database()).changed == 0)
                let content = try tenant.value(
                    """
                    SELECT string_agg(content, ', ' ORDER BY content) FROM action WHERE tenant_id = $1::integer AND contract_id IS NOT NULL \
                    AND type IN ('CONTRACT_RENEWED', 'CONTRACT_STATUS_UPDATED') AND content LIKE '%e%'
                    """)
                #expect(content?.contains(expected.hasPrefix("LIVE") ? "Rent renewed" : "Rent is now out of contract") == true)
                let organization = try tenant.data(
                    "{ organization(id: \"\(made.organization)\") { accountDetails { ltv renewalSummary { arrForecast nextRenewalDate } } } }"
                )
                let details = organization.object("organization").object("accountDetails")
                #expect(details.object("renewalSummary").number("arrForecast") == 120)
                #expect((details.object("renewalSummary")["nextRenewalDate"] is String) == expected.hasPrefix("LIVE"))
            }
        }

        @Test("ends contracts whose day has come, and loses the customer with the last of them")
        func end() async throws {
            let tenant = try await TestTenant.make()
            let made = try due(tenant, automatic: true)
            try tenant.database().run(
                "UPDATE contract SET ended_at = date_trunc('day', now()) - interval '1 day' WHERE tenant_id = $1::integer", [tenant.id])
            _ = try job.run(tenant.database())
            #expect(try state(tenant) == ["ENDED: CLOSED_LOST 0"])
            let data = try tenant.data(
                "{ organization(id: \"\(made.organization)\") { relationship stage accountDetails { churned renewalSummary { arrForecast } } } }"
            )
            let organization = data.object("organization")
            #expect(organization.text("relationship") == "FORMER_CUSTOMER" && organization.text("stage") == "TARGET")
            #expect(organization.object("accountDetails")["churned"] is String)
            #expect(organization.object("accountDetails").object("renewalSummary").number("arrForecast") == 0)
            #expect(try job.run(tenant.database()).changed == 0)
        }

        @Test("starts what is scheduled, counts services from their start, and leaves an amount of a user alone")
        func begin() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Later")
            let contract = try tenant.contract(
                organization, "committedPeriodInMonths: 12, approved: true, autoRenew: true, serviceStarted: \"2099-01-01T00:00:00Z\"")
            _ = try tenant.data(
                "mutation { contractLineItem_Create(input: { contractId: \"\(contract)\", billingCycle: MONTHLY, price: 10, quantity: 1, serviceStarted: \"2099-01-01T00:00:00Z\" }) { price } }"
            )
            func now() throws -> [String] {
                let rows = try tenant.database().run(
                    """
                    SELECT c.status, trim_scale(r.amount) FROM contract c JOIN active_renewal r ON r.tenant_id = c.tenant_id AND r.contract_id = c.id \
                    WHERE c.tenant_id = $1::integer
                    """, [tenant.id])
                return [rows.text(0, 0) ?? "", rows.text(0, 1) ?? ""]
            }
            #expect(try now() == ["SCHEDULED", "0"])
            try tenant.database().run(
                "UPDATE contract SET service_started_at = date_trunc('day', now()) WHERE tenant_id = $1::integer", [tenant.id])
            try tenant.database().run(
                "UPDATE service_line_item SET started_at = date_trunc('day', now()) WHERE tenant_id = $1::integer", [tenant.id])
            _ = try job.run(tenant.database())
            #expect(try now() == ["LIVE", "120"])
            let renewal = try #require(try tenant.value("SELECT id FROM active_renewal WHERE tenant_id = $1::integer"))
            _ = try tenant.data("mutation { opportunityRenewalUpdate(input: { opportunityId: \"\(renewal)\", amount: 7 }) { amount } }")
            _ = try job.run(tenant.database())
            #expect(try now() == ["LIVE", "7"])
        }

        @Test("is done once, however many start it, and also by the server itself")
        func concurrency() async throws {
            let server = try await TestServer.shared.value
            let tenant = try TestTenant(server)
            _ = try due(tenant, automatic: true)
            let outcomes = await Clients.run(8) { _ in
                try #require(Job.named("contracts")).run(
                    BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString)))
            }
            #expect(outcomes.count == 8)
            #expect(try state(tenant) == ["LIVE: CLOSED_WON 0, OPEN 1"])

            let other = try TestTenant(server)
            _ = try due(other, automatic: true)
            // Two servers look for work at once; the job counts as long due.
            try other.database().run("UPDATE job SET started_at = now() - interval '1 day'")
            try await server.withServer { configuration in
                configuration.jobCheckInterval = .milliseconds(50)
            } _: { _ in
                try await server.withServer { configuration in
                    configuration.jobCheckInterval = .milliseconds(50)
                } _: { _ in
                    for _ in 0..<100 where try state(other) != ["LIVE: CLOSED_WON 0, OPEN 1"] {
                        try await Task.sleep(for: .milliseconds(50))
                    }
                }
            }
            #expect(try state(other) == ["LIVE: CLOSED_WON 0, OPEN 1"])
            let status = try #require(try Job.statuses(other.database()).first)
            #expect(status.finishedAt != nil && !status.hasFailed && status.changed ?? 0 > 0)
        }

        @Test("shows its last run in the metrics of the server that ran it, and its run by hand in the list")
        func lastRun() async throws {
            let server = try await TestServer.shared.value
            let tenant = try TestTenant(server)
            _ = try due(tenant, automatic: true)
            try tenant.database().run(
                "INSERT INTO job (name, started_at) VALUES ('contracts', '2000-01-01') ON CONFLICT (name) DO UPDATE SET started_at = '2000-01-01'"
            )
            func metric(_ page: String, _ name: String) -> Double? {
                page.split(separator: "\n").first { $0.hasPrefix("\(name){job=\"contracts\"} ") }
                    .flatMap { $0.split(separator: " ").last }.flatMap { Double($0) }
            }
            try await server.withServer { configuration in
                configuration.jobCheckInterval = .milliseconds(50)
            } _: { port in
                var page = ""
                for _ in 0..<200 where metric(page, "job_last_run_timestamp_seconds") == nil {
                    try await Task.sleep(for: .milliseconds(50))
                    page = try HTTPClient(port: port).send("GET", "/metrics").body
                }
                #expect(abs((metric(page, "job_last_run_timestamp_seconds") ?? 0) - Date().timeIntervalSince1970) < 60)
                #expect(metric(page, "job_last_changed") ?? 0 >= 1)
                #expect(page.contains("job_runs_total{job=\"contracts\""))
            }
            try tenant.database().run("UPDATE job SET finished_at = '2000-01-01'")
            _ = try #require(Job.named("contracts")).run(tenant.database())
            #expect(try #require(try Job.statuses(tenant.database()).first?.finishedAt) > "2001")
        }

        @Test("renews by hand what is due, approves what is to come, and makes a renewal where there is none")
        func byHand() async throws {
            let tenant = try await TestTenant.make()
            let made = try due(tenant, automatic: false)
            func renew(_ date: String = "") throws {
                _ = try tenant.data(
                    "mutation { contract_Renew(input: { contractId: \"\(made.contract)\" \(date) }) { contractStatus } }")
            }
            try renew()
            #expect(try state(tenant) == ["LIVE: CLOSED_WON 0, OPEN 1"])
            #expect(try tenant.value("SELECT renewal_approved FROM active_renewal WHERE tenant_id = $1::integer") == "f")
            try renew()
            #expect(try state(tenant) == ["LIVE: CLOSED_WON 0, OPEN 1"])
            #expect(try tenant.value("SELECT renewal_approved FROM active_renewal WHERE tenant_id = $1::integer") == "t")
            let renewal = try #require(try tenant.value("SELECT id FROM active_renewal WHERE tenant_id = $1::integer"))
            _ = try tenant.data(
                "mutation { opportunity_Save(input: { opportunityId: \"\(renewal)\", internalStage: CLOSED_LOST }) { name } }")
            try renew(", renewalDate: \"2099-05-01T10:00:00Z\"")
            let found = try tenant.database().run(
                "SELECT renewal_approved, renewed_at::date FROM active_renewal WHERE tenant_id = $1::integer", [tenant.id])
            #expect(found.text(0, 0) == "t" && found.text(0, 1) == "2099-05-01")
        }
    }
}
