internal import GraphQL
internal import Postgres
internal import Records

/// What an organization pays for a period of a contract, what it is going to pay, or what it would pay.
enum Invoice: Record {
    struct Columns {
        let id = Column.id
        let createdAt = Column.createdAt.sorted("INVOICE_CREATED_AT", indexed: true)
        let updatedAt = Column.updatedAt
        let source = Column.source
        let appSource = Column.appSource
        /// In lists, the contract is `c`.
        let contract = Column("contract_id", .id)
            .sorted("CONTRACT_NAME", by: "c.name", ignoringCase: true).sorted("CONTRACT_ENDED_AT", by: "c.ended_at", nullsLast: true)
        let number = Column("number", .text).field("invoiceNumber").filtered("NUMBER", .exact).filtered("INVOICE_NUMBER", .exact)
        let status = Column("status", .word).field("status").sorted("INVOICE_STATUS")
            .filtered("INVOICE_STATUS", among: InvoiceStatus.allCases.map(\.rawValue))
        let dryRun = Column("dry_run", .flag).field("dryRun").filtered("DRY_RUN").filtered("INVOICE_DRY_RUN")
        let preview = Column("preview", .flag).field("preview").filtered("INVOICE_PREVIEW")
        let offCycle = Column("off_cycle", .flag).field("offCycle")
        let postpaid = Column("postpaid", .flag).field("postpaid")
        let billingCycle = Column("billing_cycle_in_months", .whole).field("billingCycleInMonths")
        let periodStart = Column("period_start", .time, read: "t.period_start::timestamptz").field("invoicePeriodStart")
        let periodEnd = Column("period_end", .time, read: "t.period_end::timestamptz").field("invoicePeriodEnd")
        let issued = Column("issued_date", .time, read: "t.issued_date::timestamptz").field("issued")
            .sorted("INVOICE_ISSUED_DATE", by: "t.issued_date").filtered("INVOICE_ISSUED_DATE", by: "(t.issued_date::timestamptz)")
        let due = Column("due_date", .time, read: "t.due_date::timestamptz").field("due")
            .sorted("INVOICE_DUE_DATE", by: "t.due_date", indexed: true)
        let currency = Column("currency", .text).field("currency")
        let net = Column("amount", .decimal).field("subtotal")
        let tax = Column("vat", .decimal).field("taxDue")
        let total = Column("total", .decimal).field("amountDue")
        let note = Column("note", .text).field("note")
        let file = Column("repository_file_id", .text).field("repositoryFileId")
        let paymentLink = Column("payment_link", .text).field("paymentLink")
        let customer = Customer()
        let provider = Provider()
    }

    /// Who pays, as it was when the invoice was filled.
    struct Customer {
        let name = Column("customer_name", .text)
        let email = Column("customer_email", .text)
        let line1 = Column("customer_address_line1", .text)
        let line2 = Column("customer_address_line2", .text)
        let zip = Column("customer_zip", .text)
        let locality = Column("customer_locality", .text)
        let country = Column("customer_country", .text)
        let region = Column("customer_region", .text)
    }

    /// Who is paid, as it was when the invoice was filled.
    struct Provider {
        let name = Column("provider_name", .text)
        let logo = Column("provider_logo_url", .text)
        let logoFile = Column("provider_logo_repository_file_id", .text)
        let line1 = Column("provider_address_line1", .text)
        let line2 = Column("provider_address_line2", .text)
        let zip = Column("provider_zip", .text)
        let locality = Column("provider_locality", .text)
        let country = Column("provider_country", .text)
        let region = Column("provider_region", .text)
    }

    /// An invoice is visible as long as its contract is.
    static let visible: SQL = """
        EXISTS (SELECT FROM contract c WHERE c.tenant_id = t.tenant_id AND c.id = t.contract_id AND \(Contract.isVisible("c")))
        """

    static let table = Table<Invoice>("invoice", visible: visible, Columns(), filters: ofContract)

    static let type = RecordType(
        "Invoice", of: table,
        .metadata + [
            .value("paid", "t.status = 'PAID'", .boolean),
            .value("amountPaid", "CASE t.status WHEN 'PAID' THEN t.total ELSE 0 END", .float),
            .value("amountRemaining", "CASE t.status WHEN 'PAID' THEN 0 ELSE t.total END", .float),
            .embedded("customer"), .embedded("provider"),
            .toOne("contract", Contract.self, by: table.contract),
            .relation("organization", Organization.self, payer),
            .relation("invoiceLineItems", InvoiceLine.self, .toMany("invoice_line", by: "invoice_id", order: "t.created_at, t.id")),
            // The server keeps no files of invoices.
            .constant("invoiceUrl", json: "\"\""),
            .constant("domesticPaymentsBankInfo", json: "null"), .constant("internationalPaymentsBankInfo", json: "null"),
        ])

    /// In lists, the contract is `c`.
    private static let ofContract: [FilterProperty] = [
        .text("CONTRACT_NAME", "c.name"),
        .enumeration(
            "CONTRACT_BILLING_CYCLE",
            """
            (CASE c.billing_cycle_in_months WHEN 0 THEN 'NONE' WHEN 1 THEN 'MONTHLY' WHEN 3 THEN 'QUARTERLY' WHEN 12 THEN 'ANNUALLY' END)
            """, ["NONE", "MONTHLY", "QUARTERLY", "ANNUALLY"]),
        .flag("CONTRACT_ENDED", "(c.ended_at IS NOT NULL)"),
    ]

    private static let payer = Relation(
        parentColumn: "contract_id",
        from: "contract c JOIN organization t ON t.tenant_id = c.tenant_id AND t.id = c.organization_id", key: "c.id",
        tenant: "c.tenant_id", condition: nil, order: nil, cardinality: .one, overrides: [:])

    static let parties: [Feature.Part] = [
        .object(
            "InvoiceCustomer",
            [
                "name": .column("customer_name", .text), "email": .column("customer_email", .text),
                "addressLine1": .column("customer_address_line1", .text), "addressLine2": .column("customer_address_line2", .text),
                "addressZip": .column("customer_zip", .text), "addressLocality": .column("customer_locality", .text),
                "addressCountry": .column("customer_country", .text), "addressRegion": .column("customer_region", .text),
            ]),
        .object(
            "InvoiceProvider",
            [
                "name": .column("provider_name", .text), "logoUrl": .column("provider_logo_url", .text),
                "logoRepositoryFileId": .column("provider_logo_repository_file_id", .text),
                "addressLine1": .column("provider_address_line1", .text), "addressLine2": .column("provider_address_line2", .text),
                "addressZip": .column("provider_zip", .text), "addressLocality": .column("provider_locality", .text),
                "addressCountry": .column("provider_country", .text), "addressRegion": .column("provider_region", .text),
            ]),
    ]
}
