import CustomerOS
import Foundation
import Postgres
import Testing

extension ServiceSuite {
    /// What may be done with the versions of a service, and why not: the rules that depend on today. The others are
    /// golden cases.
    @Suite("Versions of services")
    struct ContractRefusalTests {
        /// A service of a contract that is in force, its versions by their starts, counted in days from today.
        private struct Service {
            let tenant: TestTenant
            let contract: String
            let versions: [String]

            init(_ starts: [Int], isApproved: Bool = true, end: Int? = nil) async throws {
                tenant = try await TestTenant.make()
                contract = try tenant.contract(
                    try tenant.organization("Service"),
                    "committedPeriodInMonths: 12, autoRenew: true, approved: \(isApproved), serviceStarted: \"\(tenant.day(-400))\"")
                let closing = end.map { [tenant] in ", serviceEnded: \"\(tenant.day($0))\"" } ?? ""
                var ids = [
                    try tenant.item(
                        contract, "billingCycle: MONTHLY, price: 1, quantity: 1, serviceStarted: \"\(tenant.day(starts[0]))\"\(closing)")
                ]
                for start in starts.dropFirst() {
                    let data = try tenant.data(
                        "mutation { contractLineItem_NewVersion(input: { id: \"\(ids[0])\", price: 1, quantity: 1, serviceStarted: \"\(tenant.day(start))\" }) { metadata { id } } }"
                    )
                    ids.append(data.object("contractLineItem_NewVersion").object("metadata").text("id"))
                }
                versions = ids
            }

            /// The versions in their order: start and end in days from today, price, and whether the service is closed
            /// with it.
            func state() throws -> [String] {
                let rows = try tenant.database().run(
                    """
                    SELECT started_at::date - current_date || '…' || coalesce((ended_at::date - current_date)::text, '') || ' ' \
                    || trim_scale(price) || CASE WHEN is_canceled THEN ' closed' ELSE '' END \
                    FROM service_line_item WHERE tenant_id = $1::integer ORDER BY started_at
                    """, [tenant.id])
                return (0..<rows.rowCount).map { rows.text($0, 0) ?? "" }
            }

            func update(_ version: Int, _ members: String) throws -> Answer {
                try tenant.answer(
                    "mutation { contractLineItem_Update(input: { id: \"\(versions[version])\", \(members) }) { price } }")
            }

            func newVersion(_ start: Int, _ members: String = "price: 2, quantity: 1") throws -> Answer {
                try tenant.answer(
                    "mutation { contractLineItem_NewVersion(input: { id: \"\(versions[0])\", \(members), serviceStarted: \"\(tenant.day(start))\" }) { price } }"
                )
            }

            func close(_ version: Int, _ end: Int? = nil) throws -> Answer {
                let day = end.map { ", serviceEnded: \"\(tenant.day($0))\"" } ?? ""
                return try tenant.answer("mutation { contractLineItem_Close(input: { id: \"\(versions[version])\"\(day) }) }")
            }

            func delete(_ version: Int) throws -> Answer {
                try tenant.answer("mutation { serviceLineItem_Delete(id: \"\(versions[version])\") { accepted } }")
            }

            /// Puts versions on an issued invoice, up to a day.
            func invoice(_ items: [Int], until end: Int, isPostpaid: Bool = false, next: Int? = nil) throws {
                let database = try tenant.database()
                let made = try database.run(
                    """
                    INSERT INTO invoice (tenant_id, id, contract_id, number, status, period_start, period_end, due_date, issued_date, currency) \
                    VALUES ($1::integer, gen_random_uuid(), $2::uuid, 'N', 'DUE', current_date - 500, current_date + $3::integer, \
                    current_date, current_date, 'USD') RETURNING id
                    """, [tenant.id, .text(contract), .text(String(end))])
                for item in items {
                    try database.run(
                        """
                        INSERT INTO invoice_line (tenant_id, id, invoice_id, service_line_item_id, billed, price, quantity, amount, vat) \
                        VALUES ($1::integer, gen_random_uuid(), $2::uuid, $3::uuid, 'MONTHLY', 1, 1, 1, 0)
                        """, [tenant.id, Parameter(given: made.text(0, 0)), .text(versions[item])])
                }
                try database.run(
                    "UPDATE tenant_setting SET invoicing_postpaid = $2::boolean WHERE tenant_id = $1::integer",
                    [tenant.id, .text(String(isPostpaid))])
                try database.run(
                    "UPDATE contract SET next_invoice_date = current_date + $2::integer WHERE tenant_id = $1::integer",
                    [tenant.id, next.map { .text(String($0)) } ?? .null])
            }
        }

        private func expect(_ answer: Answer, _ reason: String) {
            #expect(answer.codes == ["BAD_USER_INPUT"] && answer.body.contains(reason), "\(answer.body)")
        }

        // MARK: New versions

        @Test("a new version begins on a day of its own, not before the version in force")
        func newVersion() async throws {
            let service = try await Service([-100, -50])
            expect(try service.newVersion(-60), "cannot create new version before current active version {\(service.versions[1])}")
            expect(try service.newVersion(-101), "cannot create new version before current active version {\(service.versions[1])}")
            expect(
                try service.newVersion(-50), "already exists with the same start date {\(service.tenant.day(-50).prefix(10))}")
            #expect(try service.newVersion(-49).codes.isEmpty)
            #expect(try service.newVersion(10).codes.isEmpty)
            // Between what is and what is to come there is room.
            #expect(try service.newVersion(5).codes.isEmpty)
            #expect(try service.state() == ["-100…-50 1", "-50…-49 1", "-49…5 2", "5…10 2", "10… 2"])
        }

        @Test("in a draft a version may begin before the first one")
        func draft() async throws {
            let service = try await Service([-100], isApproved: false)
            #expect(try service.newVersion(-150).codes.isEmpty)
            #expect(try service.state() == ["-150…-100 2", "-100… 1"])
            #expect(
                try service.tenant.value("SELECT count(DISTINCT service_id) FROM service_line_item WHERE tenant_id = $1::integer") == "1")
        }

        @Test("no version begins in time that was invoiced")
        func invoicedTime() async throws {
            let service = try await Service([-100])
            try service.invoice([], until: 20)
            expect(
                try service.newVersion(19), "cannot create new version for contract line item with id {\(service.versions[0])} in the past")
            #expect(try service.newVersion(20).codes.isEmpty)
        }

        @Test("of two writers that add and close concurrently, neither undoes the other's change")
        func concurrency() async throws {
            let service = try await Service([-100])
            let answers = await Clients.run(24) { client in
                client % 6 == 5
                    ? try service.tenant.answer(
                        "mutation { contractLineItem_Create(input: { contractId: \"\(service.contract)\", billingCycle: ANNUALLY, price: 1, quantity: 1 }) { price } }"
                    ) : try service.newVersion(client + 1)
            }
            #expect(answers.count == 24 && answers.allSatisfy(\.codes.isEmpty))
            let state = try service.state()
            #expect(state.count == 25 && Set(state).count == 22, "\(state)")
            #expect(try service.tenant.renewal(service.contract).prefix(2) == ["16", "16"])
        }

        // MARK: Updates

        @Test("an update changes the version in place, or adds one, as the table of decisions says")
        func update() async throws {
            let service = try await Service([-100, 50])
            // Nothing changes.
            #expect(try service.update(0, "price: 1, quantity: 1").codes.isEmpty)
            // Neither price, quantity nor tax: in place, on another day too, if that is to come and free.
            #expect(try service.update(0, "price: 1, quantity: 1, description: \"d\"").codes.isEmpty)
            #expect(try service.update(1, "price: 1, quantity: 1, serviceStarted: \"\(service.tenant.day(40))\"").codes.isEmpty)
            #expect(try service.state() == ["-100…40 1", "40… 1"])
            expect(
                try service.update(0, "price: 1, quantity: 1, serviceStarted: \"\(service.tenant.day(40))\""),
                "Other version with the same start date {\(service.tenant.day(40).prefix(10))} already exists")
            expect(
                try service.update(1, "price: 1, quantity: 1, serviceStarted: \"\(service.tenant.day(0))\""),
                "cannot update contract line item with id {\(service.versions[1])} in the past")
            // Another price on the same day, or as a correction: in place. On another day: a version more, by the rules
            // of those.
            #expect(try service.update(0, "price: 2, quantity: 1").codes.isEmpty)
            #expect(try service.state() == ["-100…40 2", "40… 1"])
            #expect(
                try service.update(
                    1, "price: 3, quantity: 1, isRetroactiveCorrection: true, serviceStarted: \"\(service.tenant.day(45))\""
                ).codes.isEmpty)
            #expect(try service.state() == ["-100…45 2", "45… 3"])
            #expect(try service.update(0, "price: 4, quantity: 1, serviceStarted: \"\(service.tenant.day(10))\"").codes.isEmpty)
            #expect(try service.state() == ["-100…10 2", "10…45 4", "45… 3"])
            expect(
                try service.update(0, "price: 5, quantity: 1, serviceStarted: \"\(service.tenant.day(45))\""),
                "already exists with the same start date {\(service.tenant.day(45).prefix(10))}")
            expect(
                try service.update(0, "price: 5, quantity: 1, serviceStarted: \"\(service.tenant.day(-101))\""),
                "cannot create new version before current active version {\(service.versions[0])}")
        }

        @Test("nothing invoiced is corrected or preceded: until today, or the next invoice if billed in arrears")
        func invoiced() async throws {
            let service = try await Service([-100, 50])
            try service.invoice([0], until: 20)
            expect(
                try service.update(0, "price: 2, quantity: 1"),
                "service line item with id {\(service.versions[0])} is included in invoice and cannot be updated")
            expect(
                try service.update(0, "price: 1, quantity: 1, description: \"d\""),
                "cannot update contract line item with id {\(service.versions[0])} and start date before {\(service.tenant.day(0).prefix(10))}"
            )
            #expect(try service.update(1, "price: 2, quantity: 1").codes.isEmpty)
            // An unchanged invoiced version is not an error, whatever day is given for it.
            #expect(try service.update(0, "price: 1, quantity: 1, serviceStarted: \"\(service.tenant.day(-300))\"").codes.isEmpty)
            expect(try service.delete(0), "service line item with id {\(service.versions[0])} is included in invoice and cannot be deleted")
            #expect(try service.state() == ["-100…50 1", "50… 2"])

            let later = try await Service([-100, 50])
            try later.invoice([0], until: 20, isPostpaid: true, next: 60)
            expect(
                try later.update(1, "price: 2, quantity: 1"),
                "cannot update contract line item with id {\(later.versions[1])} and start date before {\(later.tenant.day(60).prefix(10))}"
            )
        }

        // MARK: The end

        @Test("closing ends the version in force from today on; what is to come goes; a closed service stays as it is")
        func close() async throws {
            let service = try await Service([-100, -50, 50])
            expect(try service.close(0, -1), "cannot close contract line item with id {\(service.versions[0])} in the past")
            // Whichever version is named.
            #expect(try service.close(0, 0).codes.isEmpty)
            #expect(try service.state() == ["-100…-50 1", "-50…0 1 closed"])
            #expect(try service.tenant.renewal(service.contract).prefix(2) == ["0", "0"])
            for answer in [
                try service.close(0), try service.close(1, 10), try service.newVersion(100),
                try service.update(1, "price: 1, quantity: 1, description: \"d\""),
            ] { expect(answer, "is already ended") }
            // Nothing to do is not an error, nor is a pause, which only affects invoices.
            #expect(try service.update(1, "price: 1, quantity: 1").codes.isEmpty)
            for word in ["Pause", "Pause", "Resume", "Resume"] {
                #expect(
                    try service.tenant.answer("mutation { contractLineItem_\(word)(id: \"\(service.versions[1])\") { accepted } }").body
                        .contains("\"accepted\":true"))
            }
            #expect(try service.state() == ["-100…-50 1", "-50…0 1 closed"])
        }

        @Test("closing what is to come takes it away; another service of the contract stays as it is")
        func closeFuture() async throws {
            let service = try await Service([-100, 50])
            _ = try service.tenant.item(
                service.contract, "billingCycle: MONTHLY, price: 9, quantity: 1, serviceStarted: \"\(service.tenant.day(60))\"")
            #expect(try service.close(1).codes.isEmpty)
            #expect(try service.state() == ["-100… 1", "60… 9"])
            #expect(try service.close(0).codes.isEmpty)
            #expect(try service.state() == ["-100…0 1 closed", "60… 9"])
        }

        @Test("what has begun is not deleted, except in a draft; the version before takes its place")
        func delete() async throws {
            let service = try await Service([-100, 50])
            expect(try service.delete(0), "cannot delete contract line item with id {\(service.versions[0])} in the past")
            #expect(try service.delete(1).codes.isEmpty)
            #expect(try service.delete(1).codes == ["NOT_FOUND"])
            #expect(try service.state() == ["-100… 1"])

            let draft = try await Service([-100, -50, 50], isApproved: false)
            #expect(try draft.delete(1).codes.isEmpty)
            #expect(try draft.state() == ["-100…50 1", "50… 1"])
            #expect(try draft.delete(0).codes.isEmpty)
            // What the versions share still stands for the service.
            #expect(try draft.newVersion(60).codes.isEmpty)
            #expect(try draft.state() == ["50…60 1", "60… 2"])
        }

        @Test("an end that was planned from the beginning stays the end, whatever versions come and go")
        func plannedEnd() async throws {
            let service = try await Service([-100], end: 100)
            #expect(try service.state() == ["-100…100 1"])
            #expect(try service.newVersion(50).codes.isEmpty)
            #expect(try service.state() == ["-100…50 1", "50…100 2"])
            expect(try service.newVersion(100), "endedAt must be after startedAt")
            let next = try #require(
                try service.tenant.value("SELECT id FROM service_line_item WHERE tenant_id = $1::integer AND price = 2"))
            let move =
                "contractLineItem_Update(input: { id: \"\(next)\", price: 2, quantity: 1, serviceStarted: \"\(service.tenant.day(110))\" }) { price }"
            expect(try service.tenant.answer("mutation { \(move) }"), "endedAt must be after startedAt")
            #expect(
                try service.tenant.answer("mutation { \(move.replacing(service.tenant.day(110), with: service.tenant.day(60))) }").codes
                    .isEmpty)
            #expect(try service.state() == ["-100…60 1", "60…100 2"])
            #expect(try service.tenant.answer("mutation { serviceLineItem_Delete(id: \"\(next)\") { accepted } }").codes.isEmpty)
            #expect(try service.state() == ["-100…100 1"])
            #expect(try service.close(0, 80).codes.isEmpty)
            #expect(try service.state() == ["-100…80 1 closed"])

            let over = try await Service([-100], end: -10)
            expect(try over.close(0), "is already ended")
            #expect(try over.state() == ["-100…-10 1"])
        }

        // MARK: Several at once

        @Test("in bulk a one-time service may be a rebate, also where its cycle is left out")
        func rebate() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.contract(try tenant.organization("Bulk"), "approved: true")
            let once = try tenant.item(contract, "billingCycle: ONCE, price: 5, quantity: 1")
            let other = try tenant.item(contract, "billingCycle: MONTHLY, price: 5, quantity: 1")
            func bulk(_ item: String) throws -> Answer {
                try tenant.answer(
                    "mutation { serviceLineItem_BulkUpdate(input: { contractId: \"\(contract)\", serviceLineItems: [{ serviceLineItemId: \"\(item)\", price: -5, quantity: 1 }] }) }"
                )
            }
            #expect(try bulk(once).codes.isEmpty)
            expect(try bulk(other), "price must not be negative")
        }
    }
}
