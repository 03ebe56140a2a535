internal import GraphQL
internal import Postgres
internal import Records

/// Contracts, their services, and the products these refer to.
enum ContractDomain: Domain {
    static let contract = Entity(
        "Contract", table: "contract", visible: isVisible("t"),
        columns: .record.merging([
            "organization_id": "t.organization_id", "created_by_id": "t.created_by_id",
            "billing_cycle": billingCycle, "billing_cycle_in_months": "t.billing_cycle_in_months",
            "invoicing_start_date": "t.invoicing_start_date::timestamptz", "next_invoice_date": "t.next_invoice_date::timestamptz",
            "address_line1": "t.address_line1", "address_line2": "t.address_line2", "locality": "t.locality", "region": "t.region",
            "country": "t.country", "zip": "t.zip", "organization_legal_name": "t.organization_legal_name",
            "invoice_email": "t.invoice_email", "invoice_email_cc": "t.invoice_email_cc", "invoice_email_bcc": "t.invoice_email_bcc",
            "invoice_note": "t.invoice_note", "can_pay_with_card": "t.can_pay_with_card",
            "can_pay_with_direct_debit": "t.can_pay_with_direct_debit", "can_pay_with_bank_transfer": "t.can_pay_with_bank_transfer",
            "can_pay_with_check": "t.can_pay_with_check", "pay_online": "t.pay_online", "pay_automatically": "t.pay_automatically",
            "due_days": "t.due_days",
        ]) { $1 },
        fields: .metadata + .recordFields + [
            .column("contractName", "t.name", .text),
            .alias("name", of: "contractName", .text),
            .column("contractUrl", "t.url", .text),
            .column("committedPeriodInMonths", "t.length_in_months", .int64),
            .column(
                "committedPeriods",
                "CASE WHEN t.length_in_months = 0 THEN NULL WHEN t.length_in_months < 12 THEN 1 ELSE t.length_in_months / 12 END", .int64),
            .alias("renewalPeriods", of: "committedPeriods", .int64),
            .column(
                "contractRenewalCycle",
                """
                CASE WHEN t.length_in_months = 0 THEN 'NONE' WHEN t.length_in_months < 3 THEN 'MONTHLY_RENEWAL' \
                WHEN t.length_in_months < 12 THEN 'QUARTERLY_RENEWAL' ELSE 'ANNUAL_RENEWAL' END
                """, .enumeration),
            .alias("renewalCycle", of: "contractRenewalCycle", .enumeration),
            .column("contractSigned", "t.signed_at", .time),
            .alias("signedAt", of: "contractSigned", .time),
            .column("serviceStarted", "t.service_started_at", .time),
            .alias("serviceStartedAt", of: "serviceStarted", .time),
            .column("contractEnded", "t.ended_at", .time),
            .alias("endedAt", of: "contractEnded", .time),
            .column("currency", "t.currency", .enumeration),
            .column("billingEnabled", "t.invoicing_enabled", .boolean),
            .column("contractStatus", "t.status", .enumeration),
            .alias("status", of: "contractStatus", .enumeration),
            .column("autoRenew", "t.auto_renew", .boolean),
            .column("approved", "t.approved", .boolean),
            .column("ltv", "t.lifetime_value", .float),
            .embedded("billingDetails"),
            .alias("billingCycle", of: "billing_cycle", .enumeration),
            .alias("organizationLegalName", of: "organization_legal_name", .text),
            .alias("invoiceEmail", of: "invoice_email", .text),
            .alias("invoiceNote", of: "invoice_note", .text),
            .alias("invoicingStartDate", of: "invoicing_start_date", .time),
            .alias("addressLine1", of: "address_line1", .text),
            .alias("addressLine2", of: "address_line2", .text),
            .alias("zip", of: "zip", .text),
            .alias("locality", of: "locality", .text),
            .alias("country", of: "country", .text),
            .relation("organization", .toOne("organization_id", "organization")),
            .relation("createdBy", .toOne("created_by_id", "app_user")),
            .relation("owner", ownerOfOrganization),
            .relation("externalLinks", .externalLinks("contract_id")),
            .relation(
                "attachments",
                .through("contract_attachment", "contract_id", "attachment_id", "attachment", order: "t.created_at, t.id")),
            .relation("contractLineItems", lineItems),
            .relation("serviceLineItems", lineItems),
            .relation(
                "opportunities",
                .toMany("opportunity", by: "contract_id", where: "t.internal_type = 'RENEWAL'", order: "t.created_at DESC, t.id DESC")),
        ])

    /// Whether a contract is visible: it is hidden with its organization.
    static func isVisible(_ contract: SQL) -> SQL {
        """
        \(contract).state = 'LIVE' AND EXISTS (SELECT FROM organization o WHERE o.tenant_id = \(contract).tenant_id \
        AND o.id = \(contract).organization_id AND o.state IN ('LIVE', 'HIDDEN'))
        """
    }

    private static let billingCycle: SQL = """
        CASE t.billing_cycle_in_months WHEN 0 THEN 'NONE' WHEN 1 THEN 'MONTHLY_BILLING' WHEN 3 THEN 'QUARTERLY_BILLING' \
        WHEN 12 THEN 'ANNUAL_BILLING' ELSE 'CUSTOM_BILLING' END
        """

    private static let lineItems = Relation.toMany("service_line_item", by: "contract_id", order: "t.created_at, t.id")

    /// The organization's owner also owns its contracts.
    private static let ownerOfOrganization = Relation(
        parentColumn: "organization_id",
        from: "organization o JOIN app_user t ON t.tenant_id = o.tenant_id AND t.id = o.owner_id", key: "o.id", tenant: "o.tenant_id",
        condition: nil, order: nil, cardinality: .one, overrides: [:])

    private static let lineItem = Entity(
        "ServiceLineItem", table: "service_line_item",
        // A service is visible as long as its contract is.
        visible: "EXISTS (SELECT FROM contract c WHERE c.tenant_id = t.tenant_id AND c.id = t.contract_id AND \(isVisible("c")))",
        columns: .record.merging(["created_by_id": "t.created_by_id", "tax_rate": "t.vat_rate"]) { $1 },
        fields: .metadata + [
            .column("billingCycle", "t.billed", .enumeration),
            .column("comments", "t.comments", .text),
            .column("description", "t.name", .text),
            .column("parentId", "t.service_id", .identifier),
            .column("price", "t.price", .float),
            .column("quantity", "t.quantity", .int64),
            .column("serviceStarted", "t.started_at", .time),
            .column("serviceEnded", "t.ended_at", .time),
            .column("closed", "t.is_canceled", .boolean),
            .column("paused", "t.paused", .boolean),
            .column("skuId", "t.sku_id", .identifier),
            .column(
                "invoicingStatus",
                """
                (SELECT CASE WHEN count(*) = 0 THEN 'READY' WHEN bool_and(v.status = 'VOID') THEN 'VOID' ELSE 'INVOICED' END \
                FROM invoice_line l JOIN invoice v ON v.tenant_id = l.tenant_id AND v.id = l.invoice_id AND NOT v.dry_run \
                AND v.status <> 'INITIALIZED' WHERE l.tenant_id = t.tenant_id AND l.service_line_item_id = t.id)
                """, .enumeration),
            .embedded("tax"),
            .relation("createdBy", .toOne("created_by_id", "app_user")),
            .relation("externalLinks", .externalLinks("service_line_item_id")),
            .relation("sku", .toOne("skuId", "sku")),
        ])

    private static let sku = Entity(
        "Sku", table: "sku", columns: ["id": "t.id"],
        fields: [
            .alias("id", of: "id", .identifier),
            .column("name", "t.name", .text),
            .column("price", "t.price", .float),
            .column("type", "t.type", .enumeration),
            .column("archived", "t.state = 'ARCHIVED'", .boolean),
        ])

    static let entities = [contract, lineItem, sku]

    static let objects: [String: [String: FieldBinding]] = [
        "ContractPage": FieldBinding.page(totalAvailable: true),
        "BillingDetails": [
            "billingCycle": .column("billing_cycle", .enumeration),
            "billingCycleInMonths": .column("billing_cycle_in_months", .int64),
            "invoicingStarted": .column("invoicing_start_date", .time),
            "nextInvoicing": .column("next_invoice_date", .time),
            "addressLine1": .column("address_line1", .text),
            "addressLine2": .column("address_line2", .text),
            "locality": .column("locality", .text),
            "region": .column("region", .text),
            "country": .column("country", .text),
            "postalCode": .column("zip", .text),
            "organizationLegalName": .column("organization_legal_name", .text),
            "billingEmail": .column("invoice_email", .text),
            "billingEmailCC": .column("invoice_email_cc", .array(.text)),
            "billingEmailBCC": .column("invoice_email_bcc", .array(.text)),
            "invoiceNote": .column("invoice_note", .text),
            "canPayWithCard": .column("can_pay_with_card", .boolean),
            "canPayWithDirectDebit": .column("can_pay_with_direct_debit", .boolean),
            "canPayWithBankTransfer": .column("can_pay_with_bank_transfer", .boolean),
            "payOnline": .column("pay_online", .boolean),
            "payAutomatically": .column("pay_automatically", .boolean),
            "check": .column("can_pay_with_check", .boolean),
            "dueDays": .column("due_days", .int64),
        ],
        "Tax": [
            "salesTax": .constant("false"),
            "vat": .constant("false"),
            "taxRate": .column("tax_rate", .float),
        ],
    ]

    static let queries: [String: FieldBinding] = [
        "contract": .lookup(
            .byID("contract") { $0.isEmpty ? "Missing contract input id" : "Failed to get contract by id \($0)" }),
        "contracts": .page(
            Page(
                scope: .tenant,
                from: "contract t JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state = 'LIVE'",
                condition: "t.tenant_id = $1", sortKeys: [],
                count: """
                    SELECT count(*) FROM contract t JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id \
                    AND o.state = 'LIVE' WHERE t.tenant_id = $1 AND t.state = 'LIVE'
                    """)),
        "serviceLineItem": .lookup(
            .byID("service_line_item") {
                $0.isEmpty ? "Missing service line item input id" : "Failed to get service line item by id \($0)"
            }),
        "skus": .resolved(
            ListingResolver(Listing(from: "sku t", condition: "t.tenant_id = $1 AND t.state = 'LIVE'", order: "t.created_at, t.id"))),
    ]

    static let mutations: [String: FieldBinding] = [
        "contract_Create": .resolved(CreateContract()),
        "contract_Update": .resolved(UpdateContract()),
        "contract_Delete": .resolved(DeleteContract()),
        "contract_Renew": .resolved(RenewContract()),
        "contract_AddAttachment": .resolved(ChangeContractAttachment(.add)),
        "contract_RemoveAttachment": .resolved(ChangeContractAttachment(.remove)),
        "contractLineItem_Create": .resolved(CreateLineItem()),
        "contractLineItem_NewVersion": .resolved(AddLineItemVersion()),
        "contractLineItem_Update": .resolved(UpdateLineItem()),
        "contractLineItem_Close": .resolvedLeaf(CloseLineItem(), .identifier),
        "contractLineItem_Pause": .resolved(PauseLineItem(paused: true)),
        "contractLineItem_Resume": .resolved(PauseLineItem(paused: false)),
        "serviceLineItem_Delete": .resolved(DeleteLineItem()),
        "serviceLineItem_BulkUpdate": .resolvedLeaf(ChangeLineItemsInBulk(), .identifier),
        "sku_Save": .resolved(SaveSku()),
        "sku_Archive": .resolved(ArchiveSku()),
    ]
}
