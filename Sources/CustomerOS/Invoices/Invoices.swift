internal import GraphQL
internal import Postgres
internal import Records

/// The reads and changes of invoices.
enum Invoices {
    static let feature = Feature(
        [
            .type(Invoice.self), .type(InvoiceLine.self),
            .lookup("invoice", Invoice.self) { $0.isEmpty ? "Missing invoice input id" : "Failed to get invoice by id \($0)" },
            .object("InvoicesPage", .page(totalAvailable: true)),
            .page(
                "invoices", Invoice.self, of: OfOrganization.self,
                from: "invoice t JOIN contract c ON c.tenant_id = t.tenant_id AND c.id = t.contract_id", greatestFirst: "t.due_date",
                groupsOfAnySize: true
            ) { p in
                let organization = p.organizationId
                return """
                    t.status NOT IN ('INITIALIZED', 'EMPTY')
                    AND (\(organization) IS NULL OR c.organization_id = \(organization))
                    """
            },
            .query("invoice_ByNumber", .resolved(byNumber)),
            .change(UpdateInvoice.self), .change(PayInvoice.self), .change(VoidInvoice.self), .change(MakeDryRun.self),
            .change(SimulateInvoice.self),
        ] + Invoice.parties + SimulatedInvoice.objects)

    private struct OfOrganization: Decodable { let organizationId: ID<Organization>? }

    /// A preview lends its number to the invoice that follows: that one is found, and until then the newest preview.
    private static let byNumber = ReadField { field in
        guard let selection = field.selections.first else { return nil }
        let type = Invoice.type
        let text = StatementText(
            field.statementName,
            """
            SELECT NULL\(type.selectList(selection.columns)) FROM invoice t WHERE t.tenant_id = $1 AND t.number = $2 \
            AND t.number <> '' AND (NOT t.dry_run OR t.preview)\(type.andVisible) ORDER BY t.dry_run, t.created_at DESC, t.id LIMIT 1
            """)
        return { call, wave in
            let number = call.arguments["number"]?.text ?? ""
            wave.read(Query(text, [wave.issuer.tenant, .text(number)]), for: call, isList: false) { result in
                if result.rowCount > 0 { return FieldResult(first: result, selection) }
                let message = number.isEmpty ? "Missing invoice number" : "Failed to get invoice by number \(number)"
                return .failure(FieldError(message, code: .notFound), parents: 1, isList: false)
            }
        }
    }
}
