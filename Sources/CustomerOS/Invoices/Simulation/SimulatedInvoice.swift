internal import GraphQL
internal import Postgres
internal import Records

/// The answer of a simulation: a list of one invoice.
struct SimulatedInvoice: ChangeAnswer {
    /// In PostgreSQL's text form, by column.
    private let values: [String: String]
    private let lines: [[String: String]]

    init(
        _ bill: Bill, of period: InvoicePeriod, _ contract: BilledContract, _ parties: SimulatedParties, _ services: [SimulatedService]
    ) {
        let dates = InvoiceDates(simulating: period, dueDays: Int(contract.dueDays))
        let country = contract.country.isEmpty ? nil : InvoiceWriter.name(contract.country)
        let providerCountry = contract.providerCountry.flatMap { $0.isEmpty ? nil : InvoiceWriter.name($0) }
        let values: [String: String?] = [
            "postpaid": contract.isPostpaid ? "t" : "f", "off_cycle": "f", "number": "", "period_start": Self.time(period.start),
            "period_end": Self.time(period.end), "due_date": Self.time(dates.due), "issued_date": Self.time(dates.issued),
            "currency": contract.currency, "note": parties.note, "amount": bill.net.description, "vat": bill.tax.description,
            "total": bill.total.description, "customer_name": parties.name, "customer_email": parties.email,
            "customer_address_line1": parties.line1, "customer_address_line2": parties.line2, "customer_zip": parties.zip,
            "customer_locality": parties.locality, "customer_region": parties.region, "customer_country": country,
            "provider_name": parties.providerName, "provider_logo_repository_file_id": parties.logoFile,
            "provider_address_line1": parties.providerLine1, "provider_address_line2": parties.providerLine2,
            "provider_zip": parties.providerZip, "provider_locality": parties.providerLocality,
            "provider_region": parties.providerRegion, "provider_country": providerCountry,
        ]
        self.values = values.compactMapValues { $0 }
        lines = bill.lines.compactMap { line in
            guard let index = Int(line.version), services.indices.contains(index) else { return nil }
            return [
                "key": services[index].lineKey, "name": services[index].description, "price": line.price.description,
                "quantity": String(line.quantity), "amount": line.net.description, "vat": line.tax.description,
                "total": line.total.description,
            ]
        }
    }

    /// The midnight in UTC at which a day begins.
    private static func time(_ day: Day) -> String { "\(day) 00:00:00+00" }

    /// Its customer and provider are read as those of stored invoices.
    static let objects: [Feature.Part] = [
        .object(
            "InvoiceSimulate",
            [
                "postpaid": .column("postpaid", .boolean), "offCycle": .column("off_cycle", .boolean),
                "invoiceNumber": .column("number", .text), "invoicePeriodStart": .column("period_start", .time),
                "invoicePeriodEnd": .column("period_end", .time), "due": .column("due_date", .time),
                "issued": .column("issued_date", .time), "currency": .column("currency", .text), "note": .column("note", .text),
                "amount": .column("amount", .float), "subtotal": .column("amount", .float), "taxDue": .column("vat", .float),
                "total": .column("total", .float), "customer": .embedded(presence: nil), "provider": .embedded(presence: nil),
                "invoiceLineItems": .nested,
            ]),
        .object(
            "InvoiceLineSimulate",
            [
                "key": .column("key", .text), "description": .column("name", .text), "price": .column("price", .float),
                "quantity": .column("quantity", .int64), "subtotal": .column("amount", .float), "taxDue": .column("vat", .float),
                "total": .column("total", .float),
            ]),
    ]

    static func problem(with field: FieldDefinition) -> String? {
        field.type.namedType.name == "InvoiceSimulate" ? nil : "is a \(field.type.namedType.name), and its change answers with a simulation"
    }

    func result(_ field: PlannedField, _: StatementText?, _: Changing) async throws -> FieldResult {
        guard let selection = field.selections.first else { return .null }
        var nested: [Int: FieldResult] = [:]
        for inner in selection.fields where inner.definition.name == "invoiceLineItems" {
            guard let selection = inner.selections.first else { continue }
            let rows = RowBatch(texts: lines.map { line in selection.columns.map { line[$0] } })
            nested[inner.index] = .list(rows, of: selection.type)
        }
        let rows = RowBatch(texts: [selection.columns.map { values[$0] }])
        return FieldResult(
            parts: [FieldResult.Part(type: selection.type, rows: rows, nested: nested)], items: [FieldResult.Item(row: 0)],
            lists: [FieldResult.ListLevel(offsets: [0, 1])])
    }
}
