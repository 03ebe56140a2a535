/// The root fields of invoices.
extension RootFields {
    private static let invoice = "\"01900000-000f-7000-8000-000400000001\""
    private static let contract = "\"01900000-000d-7000-8000-000000000001\""

    static let invoices = [
        "query { invoice(id: \(invoice)) { status } }",
        "query { invoices(pagination: { page: 1, limit: 1 }) { totalElements } }",
        "query { invoice_ByNumber(number: \"KLM-40281\") { status } }",
        "mutation { invoice_Update(input: { id: \(invoice), status: DUE, patch: true }) { status } }",
        "mutation { invoice_Pay(id: \(invoice)) { status } }",
        "mutation { invoice_Void(id: \(invoice)) { status } }",
        "mutation { invoice_NextDryRunForContract(contractId: \(contract)) }",
        """
        mutation { invoice_Simulate(input: { contractId: \(contract), serviceLines: [{ key: "mine", description: "mine", \
        billingCycle: MONTHLY, price: 1, quantity: 1, serviceStarted: "2025-01-01" }] }) { total } }
        """,
    ]
}
