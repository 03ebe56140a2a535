internal import GraphQL
internal import Postgres
internal import Records

/// What an organization has agreed to buy.
enum Contract: Record {
    struct Columns {
        let origin = Origin()
        let name = Column("name", .text).field("contractName").written()
        let url = Column("url", .text).field("contractUrl").written()
        let currency = Column("currency", .word).field("currency").written(initial: "base_currency($1)")
        let lengthInMonths = Column("length_in_months", .integer).field("committedPeriodInMonths", as: .int64).written()
        let billingCycleInMonths = Column("billing_cycle_in_months", .integer).written(
            "billingCycleInMonths", initial: "1")
        let dueDays = Column("due_days", .integer).written("dueDays")
        let approved = Column("approved", .flag).field("approved").written()
        let autoRenew = Column("auto_renew", .flag).field("autoRenew").written()
        let billingEnabled = Column("invoicing_enabled", .flag).field("billingEnabled").written()
        let organizationLegalName = Column("organization_legal_name", .text).field("organizationLegalName").written()
        let addressLine1 = Column("address_line1", .text).field("addressLine1").written()
        let addressLine2 = Column("address_line2", .text).field("addressLine2").written()
        let locality = Column("locality", .text).field("locality").written()
        let region = Column("region", .text).written()
        // Where the tenant itself is billed, according to its oldest profile.
        let country = Column("country", .text).field("country").written(
            initial: """
                coalesce((SELECT country FROM tenant_billing_profile WHERE tenant_id = $1 ORDER BY created_at, id \
                LIMIT 1), '')
                """)
        let postalCode = Column("zip", .text).field("zip").written("postalCode")
        let billingEmail = Column("invoice_email", .text).field("invoiceEmail").written("billingEmail")
        let billingEmailCC = Column("invoice_email_cc", .texts).written("billingEmailCC")
        let billingEmailBCC = Column("invoice_email_bcc", .texts).written("billingEmailBCC")
        let invoiceNote = Column("invoice_note", .text).field("invoiceNote").written()
        let canPayWithCard = Column("can_pay_with_card", .flag).written("canPayWithCard", initial: "true")
        let canPayWithDirectDebit = Column("can_pay_with_direct_debit", .flag)
            .written("canPayWithDirectDebit", initial: "true")
        let canPayWithBankTransfer = Column("can_pay_with_bank_transfer", .flag)
            .written("canPayWithBankTransfer", initial: "true")
        let canPayWithCheck = Column("can_pay_with_check", .flag).written("check", initial: "true")
        let payOnline = Column("pay_online", .flag).written("payOnline", initial: "true")
        let payAutomatically = Column("pay_automatically", .flag).written("payAutomatically", initial: "true")
        let serviceStartedAt = Column("service_started_at", .time).field("serviceStarted")
        let signedAt = Column("signed_at", .time).field("contractSigned")
        let endedAt = Column("ended_at", .time).field("contractEnded")
        let invoicingStartDate = Column("invoicing_start_date", .time, read: "t.invoicing_start_date::timestamptz")
            .field("invoicingStartDate")
        let nextInvoiceDate = Column("next_invoice_date", .time, read: "t.next_invoice_date::timestamptz")
        let status = Column("status", .word).field("contractStatus")
        let lifetimeValue = Column("lifetime_value", .decimal).field("ltv")
        let organization = Column("organization_id", .id)
        let createdBy = Column("created_by_id", .id)
    }

    static let table = Table<Contract>("contract", visible: isVisible("t"), Columns())

    static let type = RecordType(
        "Contract", of: table,
        .metadata + .recordFields + olderNames + [
            .embedded("billingDetails"),
            .value("billingCycle", billingCycle, .enumeration),
            .value("committedPeriods", periods, .int64),
            .value("contractRenewalCycle", renewalCycle, .enumeration),
            .toOne("organization", Organization.self, by: table.organization),
            .toOne("createdBy", User.self, by: table.createdBy),
            .relation("owner", User.self, ownerOfOrganization),
            .relation("externalLinks", ExternalSystem.self, .externalLinks("contract_id")),
            .relation("attachments", Attachment.self, attachments),
            .relation("contractLineItems", ServiceLineItem.self, lineItems),
            .relation("serviceLineItems", ServiceLineItem.self, lineItems),
            .relation("opportunities", Opportunity.self, renewals),
            .relation("invoices", Invoice.self, issuedInvoices),
            .relation("upcomingInvoices", Invoice.self, upcomingInvoices),
        ])

    private static let olderNames: [RecordField] = [
        .alias("name", of: table.columns.name),
        .alias("status", of: table.status),
        .alias("signedAt", of: table.signedAt),
        .alias("serviceStartedAt", of: table.serviceStartedAt),
        .alias("endedAt", of: table.endedAt),
        .alias("renewalPeriods", of: "committedPeriods", .int64),
        .alias("renewalCycle", of: "contractRenewalCycle", .enumeration),
    ]

    /// Whether a contract is visible: it is hidden with its organization.
    static func isVisible(_ contract: SQL) -> SQL {
        """
        \(contract).state = 'LIVE' AND EXISTS (SELECT FROM organization o WHERE o.tenant_id = \(contract).tenant_id \
        AND o.id = \(contract).organization_id AND o.state IN ('LIVE', 'HIDDEN'))
        """
    }

    // MARK: The length and the cycle in other words

    private static let periods: SQL = """
        CASE WHEN t.length_in_months = 0 THEN NULL WHEN t.length_in_months < 12 THEN 1 ELSE t.length_in_months / 12 END
        """

    private static let renewalCycle: SQL = """
        CASE WHEN t.length_in_months = 0 THEN 'NONE' WHEN t.length_in_months < 3 THEN 'MONTHLY_RENEWAL' \
        WHEN t.length_in_months < 12 THEN 'QUARTERLY_RENEWAL' ELSE 'ANNUAL_RENEWAL' END
        """

    private static let billingCycle: SQL = """
        CASE t.billing_cycle_in_months WHEN 0 THEN 'NONE' WHEN 1 THEN 'MONTHLY_BILLING' \
        WHEN 3 THEN 'QUARTERLY_BILLING' \
        WHEN 12 THEN 'ANNUAL_BILLING' ELSE 'CUSTOM_BILLING' END
        """

    // MARK: Relations

    /// The organization's owner also owns its contracts.
    private static let ownerOfOrganization = Relation(
        parentColumn: "organization_id",
        from: "organization o JOIN app_user t ON t.tenant_id = o.tenant_id AND t.id = o.owner_id", key: "o.id",
        tenant: "o.tenant_id", condition: nil, order: nil, cardinality: .one, overrides: [:])

    private static let attachments = Relation.through(
        "contract_attachment", "contract_id", "attachment_id", "attachment", order: "t.created_at, t.id")

    private static let lineItems = Relation.toMany("service_line_item", by: "contract_id", order: "t.created_at, t.id")

    private static let issuedInvoices = Relation.toMany(
        "invoice", by: "contract_id", where: "NOT t.dry_run AND t.status <> 'INITIALIZED'",
        order: "t.issued_date DESC, t.created_at DESC, t.id")

    private static let upcomingInvoices = Relation.toMany(
        "invoice", by: "contract_id",
        where: "t.preview AND t.status <> 'INITIALIZED' AND t.issued_date >= (SELECT now())::date",
        order: "t.issued_date, t.created_at, t.id")

    private static let renewals = Relation.toMany(
        "opportunity", by: "contract_id", where: "t.internal_type = 'RENEWAL'", order: "t.created_at DESC, t.id DESC")
}
