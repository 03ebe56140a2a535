import Testing

extension ServiceSuite {
    @Suite("The contracts of an organization")
    struct ContractOrderTests {
        @Test("are the newest first")
        func order() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Acme")
            for name in ["First", "Second", "Third"] {
                _ = try tenant.data(
                    "mutation { contract_Create(input: { organizationId: \"\(organization)\", contractName: \"\(name)\" }) { id } }")
            }
            let contracts = try tenant.data("{ organization(id: \"\(organization)\") { contracts { contractName } } }").object(
                "organization")
            #expect(contracts.objects("contracts").map { $0.text("contractName") } == ["Third", "Second", "First"])
        }
    }
}
