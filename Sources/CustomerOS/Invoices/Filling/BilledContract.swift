internal import Postgres
internal import Records

/// What invoices need to know of a contract.
struct BilledContract {
    let status: String
    let currency: String
    /// Whether the tenant bills cycles when they are over.
    let isPostpaid: Bool
    let months: Int64
    let dueDays: Int64
    let next: Day?
    let begins: Day?
    let ends: Day?
    /// The first day of the newest invoiced cycle.
    let previous: Day?
    let today: Day
    /// Whose country is the customer's and the tenant's; nil if the tenant has no billing profile.
    let country: String
    let providerCountry: String?

    var schedule: InvoiceSchedule {
        InvoiceSchedule(
            months: Int(months), next: next, begins: begins, ends: ends, previous: previous, isPostpaid: isPostpaid)
    }

    var hasRunOut: Bool { status == "OUT_OF_CONTRACT" }

    /// The oldest billing profile of the tenant, as `p`.
    static let provider: SQL = """
        (SELECT * FROM tenant_billing_profile WHERE tenant_id = $1 ORDER BY created_at, id LIMIT 1) p ON true
        """

    static let read = Statement<ID<Contract>, BilledContract>("invoice.read_contract", row: BilledContract.init) { id in
        found(id.tenant, id.value)
    }

    /// Locks a contract; its organization is locked before.
    static let lock = Statement<ID<Contract>, BilledContract>("invoice.lock_billed_contract", row: BilledContract.init) { id in
        "\(found(id.tenant, id.value)) FOR NO KEY UPDATE OF c"
    }

    private static func found(_ tenant: SQL, _ id: Placeholder) -> SQL {
        """
        SELECT c.status, coalesce(c.currency, base_currency(c.tenant_id)), coalesce(s.invoicing_postpaid, false),
        c.billing_cycle_in_months, c.due_days, c.next_invoice_date, c.invoicing_start_date, c.ended_at::date,
        (SELECT v.period_start FROM invoice v WHERE v.tenant_id = c.tenant_id AND v.contract_id = c.id AND NOT v.dry_run
        AND NOT v.off_cycle AND v.status NOT IN ('INITIALIZED', 'VOID') ORDER BY v.period_start DESC LIMIT 1), (SELECT now())::date, c.country, p.country
        FROM contract c LEFT JOIN tenant_setting s ON s.tenant_id = c.tenant_id LEFT JOIN \(provider)
        WHERE c.tenant_id = \(tenant) AND c.id = \(id) AND \(Contract.isVisible("c"))
        """
    }

    static let lockOrganization = Statement<ID<Contract>, ID<Organization>>("invoice.lock_organization_of_contract") { id in
        """
        SELECT id FROM organization WHERE tenant_id = \(id.tenant)
        AND id = (SELECT organization_id FROM contract WHERE tenant_id = \(id.tenant) AND id = \(id.value)) FOR NO KEY UPDATE
        """
    }
}

extension BilledVersion {
    /// The versions of a contract's services, oldest first.
    static let ofContract = Statement<ID<Contract>, BilledVersion>(
        "invoice.billed_versions",
        row: { id, service, billed, price, quantity, tax, start, end, isCanceled, isPaused, isInvoiced in
            BilledVersion(
                id: id, service: service, billed: billed, price: Decimals(units: price, count: priceDigits), quantity: quantity,
                taxRate: Decimals(units: tax, count: taxDigits), start: start, end: end, isCanceled: isCanceled, isPaused: isPaused,
                isInvoiced: isInvoiced)
        }
    ) { contract in
        """
        SELECT i.id::text, i.service_id::text, i.billed, round(i.price * 1000000)::bigint, i.quantity, round(i.vat_rate * 100)::bigint,
        i.started_at::date, i.ended_at::date, i.is_canceled, i.paused, EXISTS (SELECT FROM service_line_item other
        JOIN invoice_line l ON l.tenant_id = other.tenant_id AND l.service_line_item_id = other.id
        JOIN invoice v ON v.tenant_id = l.tenant_id AND v.id = l.invoice_id AND NOT v.dry_run AND v.status NOT IN ('INITIALIZED', 'VOID')
        WHERE other.tenant_id = i.tenant_id AND other.service_id = i.service_id)
        FROM service_line_item i WHERE i.tenant_id = \(contract.tenant) AND i.contract_id = \(contract.value)
        ORDER BY i.created_at, i.id
        """
    }
}
