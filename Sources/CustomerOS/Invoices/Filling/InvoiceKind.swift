/// Why an invoice is made.
enum InvoiceKind {
    /// A cycle of the contract.
    case cycle
    /// What was added between two cycles.
    case offCycle
    /// What comes next.
    case preview
    /// What a client wants to know.
    case dryRun

    var isDryRun: Bool { self == .preview || self == .dryRun }
}
