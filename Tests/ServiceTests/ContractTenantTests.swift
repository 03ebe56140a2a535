import CustomerOS
import Foundation
import Postgres
import Testing

extension ServiceSuite {
    /// Another tenant's record is answered exactly like one that does not exist.
    @Suite("Contracts of other tenants")
    struct ContractTenantTests {
        /// A tenant with one of everything.
        private struct World {
            let tenant: TestTenant
            var ids: [String: String] = [:]

            init() async throws {
                tenant = try await TestTenant.make()
                let organization = try tenant.organization("World")
                let contract = try tenant.contract(
                    organization, "committedPeriodInMonths: 12, approved: true, autoRenew: true, serviceStarted: \"2024-01-01T00:00:00Z\"")
                ids["organization"] = organization
                ids["contract"] = contract
                ids["item"] = try tenant.item(contract, "billingCycle: MONTHLY, price: 1, quantity: 1")
                ids["renewal"] = try tenant.value("SELECT id FROM active_renewal WHERE tenant_id = $1::integer")
                ids["sale"] =
                    try tenant.data("mutation { opportunity_Save(input: { organizationId: \"\(organization)\" }) { metadata { id } } }")
                    .object("opportunity_Save").object("metadata").text("id")
                ids["sku"] =
                    try tenant.data("mutation { sku_Save(input: { name: \"s\", price: 1, type: ONE_TIME }) { id } }").object("sku_Save")
                    .text("id")
                ids["stage"] = try tenant.value("SELECT id FROM opportunity_stage WHERE tenant_id = $1::integer ORDER BY position LIMIT 1")
                ids["user"] = try tenant.value(
                    "INSERT INTO app_user (tenant_id, id, name) VALUES ($1::integer, gen_random_uuid(), 'U') RETURNING id")
                ids["task"] = try tenant.value(
                    "INSERT INTO task (tenant_id, id, subject) VALUES ($1::integer, gen_random_uuid(), 'T') RETURNING id")
                ids["attachment"] = try tenant.value(
                    """
                    INSERT INTO attachment (tenant_id, id, base_path, cdn_url, file_name, mime_type, size) \
                    VALUES ($1::integer, gen_random_uuid(), '/', '', 'f', 'text/plain', 1) RETURNING id
                    """)
            }

            /// Everything that the operations could change, as one text.
            func state() throws -> String {
                try tenant.value(
                    """
                    SELECT md5(coalesce(string_agg(line, E'\\n' ORDER BY line), '')) FROM (\
                    SELECT t::text AS line FROM contract t WHERE tenant_id = $1::integer UNION ALL \
                    SELECT t::text FROM service_line_item t WHERE tenant_id = $1::integer UNION ALL \
                    SELECT t::text FROM opportunity t WHERE tenant_id = $1::integer UNION ALL \
                    SELECT t::text FROM sku t WHERE tenant_id = $1::integer UNION ALL \
                    SELECT t::text FROM opportunity_stage t WHERE tenant_id = $1::integer UNION ALL \
                    SELECT t::text FROM tenant_setting t WHERE tenant_id = $1::integer UNION ALL \
                    SELECT t::text FROM contract_attachment t WHERE tenant_id = $1::integer UNION ALL \
                    SELECT t::text FROM organization t WHERE tenant_id = $1::integer UNION ALL \
                    SELECT t::text FROM action t WHERE tenant_id = $1::integer) lines
                    """) ?? ""
            }
        }

        /// Every operation that takes an id, once for each of its ids. `ID` is the other tenant's, `OWN` the tenant's
        /// own.
        private static let operations: [(kind: String, document: String)] = [
            ("contract", "{ contract(id: \"ID\") { name } }"),
            ("item", "{ serviceLineItem(id: \"ID\") { price } }"),
            ("sale", "{ opportunity(id: \"ID\") { name } }"),
            ("renewal", "{ opportunity(id: \"ID\") { name } }"),
            ("sale", "mutation { opportunity_Save(input: { opportunityId: \"ID\", name: \"x\" }) { name } }"),
            ("organization", "mutation { opportunity_Save(input: { organizationId: \"ID\", name: \"x\" }) { name } }"),
            ("organization", "mutation { opportunity_Save(input: { opportunityId: \"OWN sale\", organizationId: \"ID\" }) { name } }"),
            ("user", "mutation { opportunity_Save(input: { ownerId: \"ID\" }) { name } }"),
            ("user", "mutation { opportunity_Save(input: { opportunityId: \"OWN sale\", ownerId: \"ID\" }) { name } }"),
            ("task", "mutation { opportunity_Save(input: { opportunityId: \"OWN sale\", taskId: \"ID\" }) { name } }"),
            ("organization", "mutation { opportunity_Create(input: { organizationId: \"ID\" }) { name } }"),
            ("sale", "mutation { opportunity_Update(input: { opportunityId: \"ID\", name: \"x\" }) { name } }"),
            ("sale", "mutation { opportunity_Archive(id: \"ID\") { accepted } }"),
            ("sale", "mutation { opportunity_SetOwner(opportunityId: \"ID\", userId: \"OWN user\") { accepted } }"),
            ("user", "mutation { opportunity_SetOwner(opportunityId: \"OWN sale\", userId: \"ID\") { accepted } }"),
            ("sale", "mutation { opportunity_RemoveOwner(opportunityId: \"ID\") { accepted } }"),
            ("renewal", "mutation { opportunityRenewalUpdate(input: { opportunityId: \"ID\", amount: 1 }) { name } }"),
            ("user", "mutation { opportunityRenewalUpdate(input: { opportunityId: \"OWN renewal\", ownerUserId: \"ID\" }) { name } }"),
            (
                "organization",
                "mutation { opportunityRenewal_UpdateAllForOrganization(input: { organizationId: \"ID\", renewalLikelihood: LOW_RENEWAL }) { name } }"
            ),
            ("organization", "mutation { contract_Create(input: { organizationId: \"ID\" }) { name } }"),
            ("contract", "mutation { contract_Update(input: { contractId: \"ID\", contractName: \"x\" }) { name } }"),
            ("contract", "mutation { contract_Delete(id: \"ID\") { accepted } }"),
            ("contract", "mutation { contract_Renew(input: { contractId: \"ID\" }) { name } }"),
            ("contract", "mutation { contract_AddAttachment(contractId: \"ID\", attachmentId: \"OWN attachment\") { name } }"),
            ("attachment", "mutation { contract_AddAttachment(contractId: \"OWN contract\", attachmentId: \"ID\") { name } }"),
            ("contract", "mutation { contract_RemoveAttachment(contractId: \"ID\", attachmentId: \"OWN attachment\") { name } }"),
            ("attachment", "mutation { contract_RemoveAttachment(contractId: \"OWN contract\", attachmentId: \"ID\") { name } }"),
            ("contract", "mutation { contractLineItem_Create(input: { contractId: \"ID\", billingCycle: ONCE }) { price } }"),
            (
                "sku",
                "mutation { contractLineItem_Create(input: { contractId: \"OWN contract\", billingCycle: ONCE, skuId: \"ID\" }) { price } }"
            ),
            ("item", "mutation { contractLineItem_NewVersion(input: { id: \"ID\", price: 1 }) { price } }"),
            (
                "sku",
                "mutation { contractLineItem_NewVersion(input: { id: \"OWN item\", skuId: \"ID\", serviceStarted: \"2099-01-01T00:00:00Z\" }) { price } }"
            ),
            ("item", "mutation { contractLineItem_Update(input: { id: \"ID\", price: 2 }) { price } }"),
            ("sku", "mutation { contractLineItem_Update(input: { id: \"OWN item\", skuId: \"ID\" }) { price } }"),
            ("item", "mutation { contractLineItem_Close(input: { id: \"ID\" }) }"),
            ("item", "mutation { contractLineItem_Pause(id: \"ID\") { accepted } }"),
            ("item", "mutation { contractLineItem_Resume(id: \"ID\") { accepted } }"),
            ("item", "mutation { serviceLineItem_Delete(id: \"ID\") { accepted } }"),
            ("contract", "mutation { serviceLineItem_BulkUpdate(input: { contractId: \"ID\", serviceLineItems: [] }) }"),
            (
                "item",
                "mutation { serviceLineItem_BulkUpdate(input: { contractId: \"OWN contract\", serviceLineItems: [{ serviceLineItemId: \"ID\", closeVersion: true }] }) }"
            ),
            ("sku", "mutation { sku_Save(input: { id: \"ID\", name: \"x\", price: 1, type: ONE_TIME }) { id } }"),
            ("sku", "mutation { sku_Archive(id: \"ID\") { result } }"),
            ("stage", "mutation { tenant_UpdateSettingsOpportunityStage(input: { id: \"ID\", label: \"x\" }) { accepted } }"),
        ]

        @Test("are answered like missing ones, and nothing changes")
        func miss() async throws {
            let (own, other) = (try await World(), try await World())
            let (before, before2) = (try own.state(), try other.state())
            for (kind, document) in Self.operations {
                var document = document
                for (name, id) in own.ids { document = document.replacingOccurrences(of: "OWN \(name)", with: id) }
                func ask(_ id: String) throws -> String {
                    try own.tenant.answer(document.replacingOccurrences(of: "\"ID\"", with: "\"\(id)\"")).body
                        .replacingOccurrences(of: id, with: "ID")
                }
                let foreign = try ask(try #require(other.ids[kind]))
                #expect(try ask(UUID().uuidString.lowercased()) == foreign, "\(document)")
                // What is not a UUID does not exist either. It is shorter, which only shows in error locations.
                let places = #""column":[0-9]+"#
                #expect(
                    try ask("org-123").replacingOccurrences(of: places, with: "", options: .regularExpression)
                        == foreign.replacingOccurrences(of: places, with: "", options: .regularExpression), "\(document)")
                #expect(
                    foreign.contains("\"code\":\"NOT_FOUND\"") || foreign == "{\"data\":{\"opportunity\":null}}", "\(document) \(foreign)")
            }
            #expect(try own.state() == before)
            #expect(try other.state() == before2)
        }

        @Test("cover every operation on contracts that takes an id")
        func complete() async throws {
            let tested = Self.operations.map(\.document).joined()
            let tenant = try await TestTenant.make()
            let types = try tenant.data(
                "{ q: __type(name: \"Query\") { fields { name args { name } } } m: __type(name: \"Mutation\") { fields { name args { name } } } }"
            )
            let names = (types.object("q").objects("fields") + types.object("m").objects("fields")).filter { !$0.objects("args").isEmpty }
                .map { $0.text("name") }
            let words = ["contract", "opportunit", "serviceLineItem", "sku", "tenant_UpdateSettings"]
            let own = names.filter { name in words.contains { name.hasPrefix($0) } && !name.hasPrefix("contract_Approve") }
            // Pages and settings take no id.
            let without = ["contracts", "opportunities_LinkedToOrganizations", "tenant_UpdateSettings"]
            let missing = own.filter { !without.contains($0) && !tested.contains("\($0)(") }
            #expect(missing.isEmpty && own.count > 20, "\(missing)")
        }

        @Test("no page and no list shows what is another tenant's")
        func lists() async throws {
            let (own, other) = (try await World(), try await World())
            let body = try own.tenant.answer(
                "{ contracts { content { metadata { id } contractLineItems { metadata { id } } opportunities { metadata { id } } } } opportunities_LinkedToOrganizations { content { metadata { id } } } skus { id } tenantSettings { opportunityStages { id } } }"
            ).body
            for kind in ["contract", "item", "renewal", "sale", "sku", "stage"] {
                #expect(body.contains(try #require(own.ids[kind])), "\(kind)")
                #expect(!body.contains(try #require(other.ids[kind])), "\(kind)")
            }
        }
    }
}
