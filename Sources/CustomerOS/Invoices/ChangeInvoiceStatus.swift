internal import GraphQL
internal import Records

/// `invoice_Update`: the status that a client sets by hand, whatever it was before.
struct UpdateInvoice: Change {
    static let fields = ["invoice_Update"]
    static let ignored = ["patch"]

    struct Input: Decodable {
        let id: ID<Invoice>
        let status: InvoiceStatus?
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Invoice> {
        let writer = InvoiceStatusWriter(change, "Failed to update invoice \(input.id)")
        return try await writer.move(input.id) { stored throws(InvoiceStatus.Refusal) in
            try input.status.map(stored.status.set) ?? stored.status
        }
    }
}

/// `invoice_Pay`: what is due or overdue is paid.
struct PayInvoice: Change {
    static let fields = ["invoice_Pay"]

    struct Input: Decodable { let id: ID<Invoice> }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Invoice> {
        let writer = InvoiceStatusWriter(change, "Failed to pay invoice \(input.id)")
        return try await writer.move(input.id) { stored throws(InvoiceStatus.Refusal) in
            try stored.status.pay(isDryRun: stored.isDryRun)
        }
    }
}

/// `invoice_Void`: the period is not billed again, but what is billed once can be.
struct VoidInvoice: Change {
    static let fields = ["invoice_Void"]

    struct Input: Decodable { let id: ID<Invoice> }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Invoice> {
        let writer = InvoiceStatusWriter(change, "Failed to void invoice \(input.id)")
        return try await writer.move(input.id) { stored throws(InvoiceStatus.Refusal) in
            try stored.status.void(isDryRun: stored.isDryRun)
        }
    }
}
