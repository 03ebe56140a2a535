internal import GraphQL
internal import Postgres
internal import Records

/// Changes the status of an invoice, and tells the timeline.
struct InvoiceStatusWriter {
    private let change: Changing
    /// What the operation failed to do, for errors.
    private let failure: String

    init(_ change: Changing, _ failure: String) {
        self.change = change
        self.failure = failure
    }

    private static let write = Statement<(id: ID<Invoice>, status: InvoiceStatus), Void>("invoice.write_status") { p in
        let (id, status) = (p.id, p.status)
        return "UPDATE invoice SET status = \(bare: status), updated_at = now() WHERE tenant_id = \(p.tenant) AND id = \(id)"
    }

    /// Whether the cycle of a void invoice is billed by another one.
    private static let isReplaced = Statement<ID<Invoice>, Bool>("invoice.is_replaced") { id in
        """
        SELECT EXISTS (SELECT FROM invoice v JOIN invoice other ON other.tenant_id = v.tenant_id AND other.contract_id = v.contract_id
        AND other.period_start = v.period_start AND other.id <> v.id AND other.status <> 'VOID'
        AND NOT other.dry_run AND NOT other.off_cycle
        WHERE v.tenant_id = \(id.tenant) AND v.id = \(id.value) AND NOT v.dry_run AND NOT v.off_cycle)
        """
    }

    private static let tell = Statement<(id: ID<Invoice>, type: String), Void>("invoice.tell") { p in
        let (id, type) = (p.id, p.type)
        return "SELECT invoice_action(\(p.tenant)::integer, \(id), \(p.actor), \(type))"
    }

    /// - Parameter next: The status that follows the stored one.
    /// - Throws: `FieldError` if there is no such invoice, or `next` refuses.
    func move(
        _ id: ID<Invoice>, _ next: (InvoiceLock.Stored) throws(InvoiceStatus.Refusal) -> InvoiceStatus
    ) async throws -> Written<Invoice> {
        guard !id.isNobody,
            let stored = try await change.run(
                InvoiceLock.organization.with(id), InvoiceLock.contract.with(id), InvoiceLock.invoice.with(id)
            ).2.first
        else { throw FieldError(failure, because: "invoice with id {\(id)} not found", code: .notFound, field: "id") }
        let status: InvoiceStatus
        do throws(InvoiceStatus.Refusal) { status = try next(stored) } catch { throw FieldError(error, failure) }
        guard status != stored.status else { return Written(id) }
        if stored.status == .void, try await change.run(Self.isReplaced, id).first == true {
            throw FieldError(failure, because: "another invoice bills its period", code: .conflict, field: "id")
        }
        try await change.run(Self.write, (id, status))
        switch status {
        case .paid: try await change.run(Self.tell, (id, "INVOICE_PAID"))
        case .void: try await change.run(Self.tell, (id, "INVOICE_VOIDED"))
        default: break
        }
        return Written(id)
    }
}

extension FieldError {
    fileprivate init(_ refusal: InvoiceStatus.Refusal, _ failure: String) {
        let message =
            switch refusal {
            case .dryRun: "Invoice is a dry run"
            case .notDue: "Invoice is not due"
            case .alreadyVoid: "Invoice is already void"
            case .derived: "\(failure): the server sets this status itself"
            }
        self.init(
            message, code: .badUserInput,
            details: [GraphQLError.Detail(name: "reason", value: .string(ValueRefusal.Reason.notAllowed.rawValue))])
    }
}
