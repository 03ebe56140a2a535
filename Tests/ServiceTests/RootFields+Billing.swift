/// The root fields of bank accounts and billing profiles.
extension RootFields {
    private static let organization = "\"01900000-0000-7000-8000-000000000005\""
    private static let account = "\"01900000-000f-7000-8000-000100000001\""
    private static let profile = "\"01900000-000f-7000-8000-000200000001\""
    private static let client = "\"01900000-000f-7000-8000-000300000001\""
    private static let email = "\"01900000-0004-7000-8000-000000000001\""
    private static let location = "\"01900000-000a-7000-8000-000000000001\""
    /// Of an organization.
    private static let link = "organizationId: \(organization), billingProfileId: \(client)"

    static let billing = [
        "query { bankAccounts { bankName } }",
        "query { tenantBillingProfiles { legalName } }",
        "query { tenantBillingProfile(id: \(profile)) { legalName } }",
        "query { billableInfo { whitelistedOrganizations } }",
        "mutation { bankAccount_Create(input: { bankName: \"mine\" }) { bankName } }",
        "mutation { bankAccount_Update(input: { id: \(account), bankName: \"mine\" }) { bankName } }",
        "mutation { bankAccount_Delete(id: \(account)) { accepted } }",
        """
        mutation { tenant_AddBillingProfile(input: { vatNumber: "mine", sendInvoicesFrom: "mine", canPayWithBankTransfer: true, \
        canPayWithPigeon: false, check: false }) { legalName } }
        """,
        "mutation { tenant_UpdateBillingProfile(input: { id: \(profile), patch: true, legalName: \"mine\" }) { legalName } }",
        "mutation { billingProfile_Create(input: { organizationId: \(organization), legalName: \"mine\" }) }",
        "mutation { billingProfile_Update(input: { \(link), legalName: \"mine\" }) }",
        "mutation { billingProfile_LinkEmail(input: { \(link), emailId: \(email) }) }",
        "mutation { billingProfile_UnlinkEmail(input: { \(link), emailId: \(email) }) }",
        "mutation { billingProfile_LinkLocation(input: { \(link), locationId: \(location) }) }",
        "mutation { billingProfile_UnlinkLocation(input: { \(link), locationId: \(location) }) }",
    ]
}
