internal import GraphQL
internal import Postgres
internal import Records

/// What invoices need to know beside contracts: bank accounts, who bills, who is billed, and how many records count.
enum Billing {
    static let feature = Feature([
        .type(BankAccount.self), .type(TenantBillingProfile.self), .type(BillingProfile.self), .type(BillableInfo.self),
        .list("bankAccounts", BankAccount.self, of: NoInput.self, order: "t.created_at, t.id") { _ in "true" },
        .list("tenantBillingProfiles", TenantBillingProfile.self, of: NoInput.self, order: "t.created_at, t.id") { _ in "true" },
        .lookup("tenantBillingProfile", TenantBillingProfile.self) { _ in "Failed to fetch tenant billing profile details" },
        .query("billableInfo", .resolved(BillableInfo.ofTenant)),
        .change(CreateBankAccount.self), .change(UpdateBankAccount.self), .change(DeleteBankAccount.self),
        .change(AddTenantBillingProfile.self), .change(UpdateTenantBillingProfile.self),
        .change(CreateBillingProfile.self), .change(UpdateBillingProfile.self),
        .change(LinkBillingEmail.self), .change(UnlinkBillingEmail.self),
        .change(LinkBillingLocation.self), .change(UnlinkBillingLocation.self),
    ])
}
