internal import GraphQL
internal import Postgres
internal import Records

/// Makes and fills invoices, in one step.
struct InvoiceWriter {
    private let change: Changing

    init(_ change: Changing) { self.change = change }

    /// An invoice to store.
    struct Draft {
        let kind: InvoiceKind
        let number: String
        let period: InvoicePeriod
        let bill: Bill
    }

    private struct Row {
        let id: ID<Invoice>
        let contract: ID<Contract>
        let number: String
        let status: InvoiceStatus
        let isDryRun: Bool
        let isPreview: Bool
        let isOffCycle: Bool
        let isPostpaid: Bool
        let months: Int64
        let start: Day
        let end: Day
        let due: Day
        let issued: Day
        let currency: String
        let net: Money
        let tax: Money
        let country: String
        let providerCountry: String
    }

    /// Names and addresses are copied: an invoice stays as it was.
    private static let insert = Statement<Row, Void>("invoice.insert") { p in
        let (id, contract, number, status) = (p.id, p.contract, p.number, p.status)
        let (isDryRun, isPreview, isOffCycle, isPostpaid) = (p.isDryRun, p.isPreview, p.isOffCycle, p.isPostpaid)
        let (months, start, end, due, issued) = (p.months, p.start, p.end, p.due, p.issued)
        let (currency, net, tax) = (p.currency, p.net, p.tax)
        let (country, providerCountry) = (p.country, p.providerCountry)
        return """
            INSERT INTO invoice (tenant_id, id, contract_id, number, status, dry_run, preview, off_cycle, postpaid,
            billing_cycle_in_months, period_start, period_end, due_date, issued_date, currency, amount, vat, note,
            customer_name, customer_email, customer_address_line1, customer_address_line2, customer_zip, customer_locality,
            customer_region, customer_country, provider_name, provider_logo_repository_file_id, provider_address_line1,
            provider_address_line2, provider_zip, provider_locality, provider_region, provider_country)
            SELECT c.tenant_id, \(id), c.id, \(number), \(status), \(isDryRun), \(isPreview), \(isOffCycle), \(isPostpaid),
            \(months), \(start), \(end), \(due), \(issued), \(currency), \(net), \(tax), c.invoice_note,
            c.organization_legal_name, c.invoice_email, c.address_line1, c.address_line2, c.zip, c.locality,
            c.region, \(country), p.legal_name, nullif(s.logo_repository_file_id, ''), p.address_line1,
            p.address_line2, p.zip, p.locality, p.region, \(providerCountry)
            FROM contract c LEFT JOIN tenant_setting s ON s.tenant_id = c.tenant_id JOIN \(BilledContract.provider)
            WHERE c.tenant_id = \(p.tenant) AND c.id = \(contract)
            """
    }

    private struct Lines {
        let invoice: ID<Invoice>
        let ids: [ID<InvoiceLine>]
        let versions: [String]
        let prices: [Money]
        let quantities: [Int64]
        let nets: [Money]
        let taxes: [Money]
    }

    /// A line has its time and a number of microseconds, by which lines keep their order.
    private static let insertLines = Statement<Lines, Void>("invoice.insert_lines") { p in
        let (invoice, ids, versions) = (p.invoice, p.ids, p.versions)
        let (prices, quantities, nets, taxes) = (p.prices, p.quantities, p.nets, p.taxes)
        return """
            INSERT INTO invoice_line (tenant_id, id, invoice_id, service_line_item_id, name, billed, price, quantity, amount, vat,
            sku_id, created_at)
            SELECT i.tenant_id, line.id, \(invoice), i.id, i.name, i.billed, line.price, line.quantity, line.net, line.tax, i.sku_id,
            now() + line.place * interval '1 microsecond'
            FROM unnest(\(ids), \(versions), \(prices), \(quantities), \(nets), \(taxes)) WITH ORDINALITY
            AS line (id, version, price, quantity, net, tax, place)
            JOIN service_line_item i ON i.tenant_id = \(p.tenant) AND i.id = line.version::uuid
            """
    }

    /// Stores an invoice of a locked contract.
    /// - Throws: `InvoiceRefusal` if the tenant has no billing profile.
    func store(_ draft: Draft, of id: ID<Contract>, _ contract: BilledContract) async throws -> ID<Invoice> {
        guard let providerCountry = contract.providerCountry else { throw InvoiceRefusal.noProvider }
        let (kind, bill) = (draft.kind, draft.bill)
        let dates =
            kind.isDryRun
            ? InvoiceDates(of: draft.period, isPostpaid: contract.isPostpaid, dueDays: Int(contract.dueDays))
            : InvoiceDates(on: contract.today, dueDays: Int(contract.dueDays))
        let invoice = ID<Invoice>.new()
        let row = Row(
            id: invoice, contract: id, number: draft.number,
            status: InvoiceStatus(total: bill.amount, isPreview: kind == .preview, contractHasRunOut: contract.hasRunOut),
            isDryRun: kind.isDryRun, isPreview: kind == .preview, isOffCycle: kind == .offCycle, isPostpaid: contract.isPostpaid,
            months: kind == .offCycle ? 0 : contract.months, start: draft.period.start, end: draft.period.end, due: dates.due,
            issued: dates.issued, currency: contract.currency, net: bill.net, tax: bill.tax, country: Self.name(contract.country),
            providerCountry: Self.name(providerCountry))
        try await change.run(Self.insert, row)
        if !bill.lines.isEmpty {
            let lines = Lines(
                invoice: invoice, ids: bill.lines.map { _ in ID<InvoiceLine>.new() }, versions: bill.lines.map(\.version),
                prices: bill.lines.map(\.price), quantities: bill.lines.map(\.quantity), nets: bill.lines.map(\.net),
                taxes: bill.lines.map(\.tax))
            try await change.run(Self.insertLines, lines)
        }
        return invoice
    }

    /// The name of a country that is known by its code; others stay as they are.
    static func name(_ country: String) -> String {
        guard !country.isEmpty, let known = try? Country(country) else { return country }
        return known.name
    }
}

/// Why a contract cannot be billed.
enum InvoiceRefusal: Error {
    case noProvider, noStart, noCycle

    var reason: String {
        switch self {
        case .noProvider: "tenant billing profile is missing"
        case .noStart: "contract has no next invoice date or invoicing start date"
        case .noCycle: "contract has no billing cycle"
        }
    }
}
