import CustomerOS
import Foundation
import Postgres
import Service
import Testing

extension ServiceSuite.OneByOne.Jobs {
    /// What time alone changes.
    @Suite("The job of contracts")
    struct ContractJobTests {
        /// A contract that began a year and a day ago, with one service, in its initial state.
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
                let tenant = try await TestTenant.make(on: TestServer.apart)
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
            let tenant = try await TestTenant.make(on: TestServer.apart)
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
            let tenant = try await TestTenant.make(on: TestServer.apart)
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

        @Test("runs once, however many start it, and is run by the server itself too")
        func concurrency() async throws {
            let server = try await TestServer.apart.value
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
                configuration.jobs = try [job]
                configuration.jobCheckInterval = .milliseconds(50)
            } _: { _ in
                try await server.withServer { configuration in
                    configuration.jobs = try [job]
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

        @Test("renews by hand what is due, approves what is to come, and makes a renewal where there is none")
        func byHand() async throws {
            let tenant = try await TestTenant.make(on: TestServer.apart)
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

        @Test(
            "makes what is missing, puts away what has no place, counts what begins and ends, and goes on after years; again it does nothing"
        )
        func time() async throws {
            let tenant = try await TestTenant.make(on: TestServer.apart)
            let organization = try tenant.organization("Time")
            func made(_ members: String) throws -> String {
                let contract = try tenant.contract(organization, "committedPeriodInMonths: 12, approved: true, \(members)")
                _ = try tenant.item(
                    contract, "billingCycle: MONTHLY, price: 30, quantity: 1, serviceStarted: \"\(tenant.day(-60))\"")
                return contract
            }
            func change(_ sql: SQL, _ contract: String) throws { try tenant.database().run(sql, [tenant.id, .text(contract)]) }
            let start = "serviceStarted: \"\(tenant.day(-60))\""
            let missing = try made("autoRenew: true, \(start)")
            try change("DELETE FROM opportunity WHERE tenant_id = $1::integer AND contract_id = $2::uuid", missing)
            let without = try made("autoRenew: true, \(start)")
            try change("UPDATE contract SET length_in_months = 0 WHERE tenant_id = $1::integer AND id = $2::uuid", without)
            let growing = try made("autoRenew: true, \(start)")
            try change("UPDATE contract SET lifetime_value = 1 WHERE tenant_id = $1::integer AND id = $2::uuid", growing)
            let beginning = try made("autoRenew: true, \(start)")
            try change(
                """
                UPDATE service_line_item SET started_at = date_trunc('day', now()) + interval '1 day' \
                WHERE tenant_id = $1::integer AND contract_id = $2::uuid
                """, beginning)
            try tenant.refresh(beginning, "ITEMS", at: tenant.day(0))
            #expect(try tenant.renewal(beginning).first == "0")
            try change(
                """
                UPDATE service_line_item SET started_at = date_trunc('day', now()) WHERE tenant_id = $1::integer AND contract_id = $2::uuid
                """, beginning)
            let ending = try made("autoRenew: true, \(start)")
            try change(
                """
                UPDATE service_line_item SET ended_at = date_trunc('day', now()) - interval '1 day' \
                WHERE tenant_id = $1::integer AND contract_id = $2::uuid
                """, ending)
            // Nobody looked for three years: what renews itself goes on, what was approved once is out of contract.
            let overdue = try [("true", "false"), ("false", "true")].map { automatic, approved in
                let contract = try made("serviceStarted: \"2010-05-05T00:00:00Z\"")
                try change(
                    """
                    UPDATE opportunity SET renewed_at = date_trunc('day', now()) - interval '3 years', stage_changed_at = now() \
                    WHERE tenant_id = $1::integer AND contract_id = $2::uuid
                    """, contract)
                try tenant.database().run(
                    "UPDATE contract SET auto_renew = $3::boolean WHERE tenant_id = $1::integer AND id = $2::uuid",
                    [tenant.id, .text(contract), .text(automatic)])
                try tenant.database().run(
                    "UPDATE opportunity SET renewal_approved = $3::boolean WHERE tenant_id = $1::integer AND contract_id = $2::uuid",
                    [tenant.id, .text(contract), .text(approved)])
                return contract
            }
            #expect(try job.run(tenant.database()).changed >= 7)
            #expect(try tenant.renewal(missing).prefix(4) == ["360", "360", "HIGH", "100"])
            #expect(try tenant.renewal(without).isEmpty)
            #expect(
                try tenant.value(
                    "SELECT internal_stage FROM opportunity WHERE tenant_id = $1::integer AND contract_id = $2::uuid", [.text(without)])
                    == "SUSPENDED")
            #expect(
                try tenant.value(
                    "SELECT trim_scale(lifetime_value) FROM contract WHERE tenant_id = $1::integer AND id = $2::uuid", [.text(growing)])
                    == "60")
            #expect(try tenant.renewal(beginning).first == "360")
            #expect(try tenant.renewal(ending).first == "0")
            func history(_ contract: String) throws -> [String] {
                try tenant.row(
                    """
                    SELECT c.status, string_agg(o.internal_stage || CASE WHEN o.renewed_at > now() THEN ' to come' ELSE '' END, ', ' \
                    ORDER BY o.renewed_at), count(*) FROM contract c JOIN opportunity o ON o.tenant_id = c.tenant_id AND o.contract_id = c.id \
                    WHERE c.tenant_id = $1::integer AND c.id = $2::uuid GROUP BY c.id, c.status
                    """, [.text(contract)])
            }
            #expect(try history(overdue[0]) == ["LIVE", "CLOSED_WON, OPEN to come", "2"])
            #expect(try history(overdue[1]) == ["OUT_OF_CONTRACT", "CLOSED_WON, OPEN", "2"])
            #expect(try job.run(tenant.database()).changed == 0)
        }

        @Test("leaves the work to the server that is doing it")
        func busy() async throws {
            let tenant = try await TestTenant.make(on: TestServer.apart)
            _ = try due(tenant, automatic: true)
            let holder = try tenant.database()
            try holder.runScript("BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('job contracts', 1))")
            let outcome = try job.run(tenant.database())
            #expect(outcome.isBusy && outcome.changed == 0)
            try holder.runScript("ROLLBACK")
            #expect(try job.run(tenant.database()).changed > 0)
        }

        @Test("is run by one of two servers, and both report its last run, even one by hand")
        func metrics() async throws {
            let server = try await TestServer.apart.value
            let tenant = try TestTenant(server)
            _ = try job.run(tenant.database())
            func metric(_ port: UInt16, _ name: String) throws -> Double {
                let lines = try HTTPClient(port: port).send("GET", "/metrics").body.split(separator: "\n")
                return lines.first { $0.hasPrefix(name + "{job=\"contracts\"") }?.split(separator: " ").last.flatMap { Double($0) } ?? 0
            }
            try await server.withRunningServer {
                $0.jobs = try [job]
                $0.jobCheckInterval = .milliseconds(50)
            } _: { one in
                try await server.withRunningServer {
                    $0.jobs = try [job]
                    $0.jobCheckInterval = .milliseconds(50)
                } _: { two in
                    func wait(_ isSo: () throws -> Bool) async throws {
                        for _ in 0..<200 where try !isSo() { try await Task.sleep(for: .milliseconds(25)) }
                    }
                    _ = try due(tenant, automatic: true)
                    let began = Date().timeIntervalSince1970
                    try tenant.database().run("UPDATE job SET started_at = now() - interval '1 day'")
                    try await wait {
                        try metric(one.port, "job_last_run_timestamp_seconds") >= began - 1 && metric(two.port, "job_last_changed") >= 1
                    }
                    try await Task.sleep(for: .milliseconds(400))
                    for port in [one.port, two.port] {
                        #expect(try metric(port, "job_last_run_timestamp_seconds") >= began - 1)
                        #expect(try metric(port, "job_last_changed") >= 1)
                        #expect(try metric(port, "job_last_duration_seconds") > 0)
                    }
                    #expect(try metric(one.port, "job_runs_total") + metric(two.port, "job_runs_total") == 1)
                    #expect(try state(tenant) == ["LIVE: CLOSED_WON 0, OPEN 1"])
                    // By hand: a separate process as far as the servers know.
                    let (other, another) = (try TestTenant(server), try TestTenant(server))
                    _ = try (due(other, automatic: true), due(another, automatic: true))
                    let outcome = try job.run(tenant.database())
                    #expect(outcome.changed == 2)
                    try await wait { try metric(one.port, "job_last_changed") == 2 && metric(two.port, "job_last_changed") == 2 }
                    for port in [one.port, two.port] { #expect(try metric(port, "job_last_changed") == 2) }
                    #expect(try metric(one.port, "job_runs_total") + metric(two.port, "job_runs_total") == 1)
                }
            }
        }
    }
}
