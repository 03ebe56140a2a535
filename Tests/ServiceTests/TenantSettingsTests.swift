import Foundation
import Postgres
import Testing

extension ServiceSuite {
    @Suite("The settings of a tenant")
    struct TenantSettingsTests {
        @Test("are the default ones until some are stored")
        func defaults() async throws {
            let tenant = try await TestTenant.make()
            try tenant.database().run("DELETE FROM tenant_setting WHERE tenant_id = $1::integer", [tenant.id])
            let query = "{ tenantSettings { baseCurrency billingEnabled logoUrl workspaceName opportunityStages { id } } }"
            #expect(
                try tenant.answer(query).body.contains(
                    "{\"baseCurrency\":\"USD\",\"billingEnabled\":false,\"logoUrl\":\"\",\"workspaceName\":null,"))
            let changed = try tenant.data(
                "mutation { tenant_UpdateSettings(input: { workspaceName: \"Mine\" }) { workspaceName baseCurrency } }")
            #expect(changed.object("tenant_UpdateSettings").text("workspaceName") == "Mine")
            #expect(try tenant.data(query).object("tenantSettings").text("workspaceName") == "Mine")
        }
    }
}
