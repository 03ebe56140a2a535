internal import GraphQL
internal import Postgres
internal import Records

/// What an invoice bills of a version of a service.
enum InvoiceLine: Record {
    struct Columns {
        let origin = Origin()
        let item = Column("service_line_item_id", .id)
        let sku = Column("sku_id", .id).field("skuId")
        let name = Column("name", .text).field("description")
        /// Of one unit, for the months of the invoice.
        let price = Column("price", .decimal).field("price")
        let quantity = Column("quantity", .whole).field("quantity")
        let net = Column("amount", .decimal).field("subtotal")
        let tax = Column("vat", .decimal).field("taxDue")
        let total = Column("total", .decimal).field("total")
    }

    static let table = Table<InvoiceLine>("invoice_line", Columns())

    static let type = RecordType(
        "InvoiceLine", of: table,
        .metadata + [
            .toOne("contractLineItem", ServiceLineItem.self, by: table.item),
            .toOne("sku", Sku.self, by: table.sku),
            .value(
                "skuName", "coalesce((SELECT s.name FROM sku s WHERE s.tenant_id = t.tenant_id AND s.id = t.sku_id), '')", .text),
        ])
}
