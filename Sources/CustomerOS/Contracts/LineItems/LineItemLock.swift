internal import Postgres
internal import Records

/// The statements that lock a contract and what changes with it, in the common order, and read the versions of a
/// service.
enum LineItemLock {
    struct Target {
        /// A version or service.
        var id: ID<ServiceLineItem>?
        /// The contract, if no version is given.
        var contract: ID<Contract>?
        /// The client's day.
        var day: Time?
    }

    static let organization = Statement<Target, ID<Organization>>("line_item.lock_organization") { p in
        let (id, contract) = (p.id, p.contract)
        return """
            SELECT id FROM organization WHERE tenant_id = \(p.tenant) AND id = (SELECT organization_id FROM contract
            WHERE tenant_id = \(p.tenant) AND id = coalesce(\(contract), \(contractOfService(id, p.tenant))))
            FOR NO KEY UPDATE
            """
    }

    static let contract = Statement<Target, LineItemChain.Contract>(
        "line_item.lock_contract", row: LineItemChain.Contract.init
    ) { p in
        let (id, contract, day) = (p.id, p.contract, p.day)
        return """
            SELECT c.id, c.status, to_char(now(), 'YYYY-MM-DD'), to_char(\(LineItemStatements.day(day)), 'YYYY-MM-DD'),
            (SELECT max(v.period_end)::text FROM invoice v WHERE v.tenant_id = c.tenant_id AND v.contract_id = c.id
            AND NOT v.dry_run AND v.status NOT IN ('INITIALIZED', 'VOID')),
            coalesce((SELECT invoicing_postpaid FROM tenant_setting WHERE tenant_id = \(p.tenant)), false),
            c.next_invoice_date::text, coalesce(c.currency, base_currency(c.tenant_id)) FROM contract c
            WHERE c.tenant_id = \(p.tenant) AND c.id = coalesce(\(contract), \(contractOfService(id, p.tenant)))
            AND \(Contract.isVisible("c")) FOR NO KEY UPDATE OF c
            """
    }

    /// The values to compare with those of the versions of a service.
    struct Comparison {
        /// A version or service.
        let id: ID<ServiceLineItem>
        let price: Double?
        let quantity: Int64?
        let taxRate: Double?
    }

    static let versions = Statement<Comparison, LineItemChain.Version>(
        "line_item.versions", row: LineItemChain.Version.init
    ) { p in
        let (id, price, quantity, taxRate) = (p.id, p.price, p.quantity, p.taxRate)
        return """
            SELECT i.id, i.service_id, to_char(i.started_at, 'YYYY-MM-DD'), i.billed, i.name, i.comments, i.sku_id,
            i.is_canceled,
            EXISTS (SELECT FROM invoice_line l JOIN invoice v ON v.tenant_id = l.tenant_id AND v.id = l.invoice_id
            AND NOT v.dry_run AND v.status NOT IN ('INITIALIZED', 'VOID') WHERE l.tenant_id = i.tenant_id
            AND l.service_line_item_id = i.id),
            i.price, i.quantity, i.price = coalesce(\(price), 0), i.quantity = coalesce(\(quantity), 0),
            i.vat_rate = \(LineItemStatements.rate(taxRate)), to_char(i.ended_at, 'YYYY-MM-DD')
            FROM service_line_item i WHERE i.tenant_id = \(p.tenant) AND i.service_id = \(service(id, p.tenant))
            ORDER BY i.started_at
            """
    }

    /// The service of a version, or the service itself.
    private static func service(_ id: Placeholder, _ tenant: SQL) -> SQL {
        "coalesce((SELECT service_id FROM service_line_item WHERE tenant_id = \(tenant) AND id = \(id)), \(id))"
    }

    private static func contractOfService(_ id: Placeholder, _ tenant: SQL) -> SQL {
        """
        (SELECT contract_id FROM service_line_item WHERE tenant_id = \(tenant) \
        AND service_id = \(service(id, tenant)) LIMIT 1)
        """
    }
}
