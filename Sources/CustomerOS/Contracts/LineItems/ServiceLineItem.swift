internal import GraphQL
internal import Postgres
internal import Records

/// A version of a service of a contract.
enum ServiceLineItem: Record {
    struct Columns {
        let origin = Origin()
        let billed = Column("billed", .word).field("billingCycle")
        let comments = Column("comments", .text).field("comments")
        let name = Column("name", .text).field("description")
        let service = Column("service_id", .id).field("parentId")
        let price = Column("price", .decimal).field("price")
        let quantity = Column("quantity", .whole).field("quantity")
        let taxRate = Column("vat_rate", .decimal)
        let startedAt = Column("started_at", .time).field("serviceStarted")
        let endedAt = Column("ended_at", .time).field("serviceEnded")
        let isCanceled = Column("is_canceled", .flag).field("closed")
        let paused = Column("paused", .flag).field("paused")
        let sku = Column("sku_id", .id).field("skuId")
        let createdBy = Column("created_by_id", .id)
        let contract = Column("contract_id", .id)
    }

    static let table = Table<ServiceLineItem>("service_line_item", visible: ofVisibleContract, Columns())

    static let type = RecordType(
        "ServiceLineItem", of: table,
        .metadata + [
            .value("invoicingStatus", invoicingStatus, .enumeration),
            .embedded("tax"),
            .toOne("createdBy", User.self, by: table.createdBy),
            .relation("externalLinks", ExternalSystem.self, .externalLinks("service_line_item_id")),
            .toOne("sku", Sku.self, by: table.sku),
        ])

    /// The object `tax`.
    static let tax: [String: FieldBinding] = [
        "salesTax": .constant("false"),
        "vat": .constant("false"),
        "taxRate": .column(table.taxRate),
    ]

    /// A service is visible as long as its contract is.
    private static let ofVisibleContract: SQL = """
        EXISTS (SELECT FROM contract c WHERE c.tenant_id = t.tenant_id AND c.id = t.contract_id \
        AND \(Contract.isVisible("c")))
        """

    private static let invoicingStatus: SQL = """
        (SELECT CASE WHEN count(*) = 0 THEN 'READY' WHEN bool_and(v.status = 'VOID') THEN 'VOID' ELSE 'INVOICED' END \
        FROM invoice_line l JOIN invoice v ON v.tenant_id = l.tenant_id AND v.id = l.invoice_id AND NOT v.dry_run \
        AND v.status <> 'INITIALIZED' WHERE l.tenant_id = t.tenant_id AND l.service_line_item_id = t.id)
        """
}
