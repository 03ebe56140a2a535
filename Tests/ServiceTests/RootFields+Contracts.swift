extension RootFields {
    private static let organization = "\"01900000-0000-7000-8000-000000000001\""
    private static let user = "\"01900000-0002-7000-8000-000000000001\""
    private static let opportunity = "\"01900000-0003-7000-8000-000000000001\""
    private static let contract = "\"01900000-000d-7000-8000-000000000001\""
    private static let item = "\"01900000-000e-7000-8000-000000000001\""
    private static let sku = "\"01900000-000f-7000-8000-000000000001\""

    static let contracts = [
        "query { contract(id: \(contract)) { contractName } }",
        "query { contracts(pagination: { page: 1, limit: 1 }) { totalElements } }",
        "query { serviceLineItem(id: \(item)) { description } }",
        "query { skus { name } }",
        "query { tenantSettings { baseCurrency } }",

        "mutation { opportunity_Create(input: { organizationId: \(organization), name: \"mine\" }) { name } }",
        "mutation { opportunity_Update(input: { opportunityId: \(opportunity), name: \"mine\" }) { name } }",
        "mutation { opportunity_Archive(id: \(opportunity)) { accepted } }",
        "mutation { opportunity_SetOwner(opportunityId: \(opportunity), userId: \(user)) { accepted } }",
        "mutation { opportunity_RemoveOwner(opportunityId: \(opportunity)) { accepted } }",
        "mutation { opportunityRenewalUpdate(input: { opportunityId: \(opportunity), comments: \"mine\" }) { name } }",
        "mutation { opportunityRenewal_UpdateAllForOrganization(input: { organizationId: \(organization), renewalLikelihood: LOW_RENEWAL }) { name } }",
        "mutation { contract_Create(input: { organizationId: \(organization), contractName: \"mine\" }) { contractName } }",
        "mutation { contract_Update(input: { contractId: \(contract), contractName: \"mine\" }) { contractName } }",
        "mutation { contract_Delete(id: \(contract)) { accepted } }",
        "mutation { contract_Renew(input: { contractId: \(contract) }) { contractName } }",
        "mutation { contract_AddAttachment(contractId: \(contract), attachmentId: \(contract)) { contractName } }",
        "mutation { contract_RemoveAttachment(contractId: \(contract), attachmentId: \(contract)) { contractName } }",
        "mutation { contractLineItem_Create(input: { contractId: \(contract), billingCycle: MONTHLY }) { description } }",
        "mutation { contractLineItem_NewVersion(input: { id: \(item), description: \"mine\" }) { description } }",
        "mutation { contractLineItem_Update(input: { id: \(item), description: \"mine\" }) { description } }",
        "mutation { contractLineItem_Close(input: { id: \(item) }) }",
        "mutation { contractLineItem_Pause(id: \(item)) { accepted } }",
        "mutation { contractLineItem_Resume(id: \(item)) { accepted } }",
        "mutation { serviceLineItem_Delete(id: \(item)) { accepted } }",
        "mutation { serviceLineItem_BulkUpdate(input: { contractId: \(contract), serviceLineItems: [{ serviceLineItemId: \(item), closeVersion: true }] }) }",
        "mutation { sku_Save(input: { id: \(sku), name: \"mine\", price: 1, type: ONE_TIME }) { name } }",
        "mutation { sku_Archive(id: \(sku)) { result } }",
        "mutation { tenant_UpdateSettings(input: { baseCurrency: EUR }) { baseCurrency } }",
        "mutation { tenant_UpdateSettingsOpportunityStage(input: { id: \"01900000-000b-7000-8000-000000000001\", label: \"mine\" }) { accepted } }",
    ]
}
