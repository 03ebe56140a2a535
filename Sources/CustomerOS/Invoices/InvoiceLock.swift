internal import Postgres
internal import Records

/// The statements that lock an invoice and what changes with it, in the common order.
enum InvoiceLock {
    /// The stored values of a locked invoice.
    struct Stored {
        let status: InvoiceStatus
        let isDryRun: Bool
    }

    static let organization = Statement<ID<Invoice>, ID<Organization>>("invoice.lock_organization") { id in
        """
        SELECT id FROM organization WHERE tenant_id = \(id.tenant) AND id = (SELECT c.organization_id FROM invoice v
        JOIN contract c ON c.tenant_id = v.tenant_id AND c.id = v.contract_id
        WHERE v.tenant_id = \(id.tenant) AND v.id = \(id.value)) FOR NO KEY UPDATE
        """
    }

    static let contract = Statement<ID<Invoice>, ID<Contract>>("invoice.lock_contract") { id in
        """
        SELECT id FROM contract WHERE tenant_id = \(id.tenant)
        AND id = (SELECT contract_id FROM invoice WHERE tenant_id = \(id.tenant) AND id = \(id.value)) FOR NO KEY UPDATE
        """
    }

    static let invoice = Statement<ID<Invoice>, Stored>("invoice.lock", row: Stored.init) { id in
        """
        SELECT t.status, t.dry_run FROM invoice t
        WHERE t.tenant_id = \(id.tenant) AND t.id = \(id.value) AND \(Invoice.visible) FOR NO KEY UPDATE OF t
        """
    }
}
