internal import Records

/// The statuses of an invoice, and their transitions.
enum InvoiceStatus: String, Word {
    /// Made, but not filled.
    case initialized = "INITIALIZED"
    /// An older word for it, which is never stored.
    case draft = "DRAFT"
    case due = "DUE"
    case overdue = "OVERDUE"
    case paid = "PAID"
    case void = "VOID"
    /// A preview.
    case scheduled = "SCHEDULED"
    /// A preview for a contract that has run out.
    case onHold = "ON_HOLD"
    /// Without lines.
    case empty = "EMPTY"
    case paymentProcessing = "PAYMENT_PROCESSING"

    /// Why a transition is refused.
    enum Refusal: Error {
        case dryRun, notDue, alreadyVoid
        /// The server sets the status itself.
        case derived
    }

    /// Once it is filled.
    /// - Parameter total: nil if there are no lines.
    init(total: Money?, isPreview: Bool, contractHasRunOut: Bool) {
        guard let total else {
            self = .empty
            return
        }
        if isPreview {
            self = contractHasRunOut ? .onHold : .scheduled
        } else {
            self = total == .zero ? .paid : .due
        }
    }

    /// Once the client has paid.
    func pay(isDryRun: Bool) throws(Refusal) -> InvoiceStatus {
        if isDryRun { throw .dryRun }
        guard self == .due || self == .overdue else { throw .notDue }
        return .paid
    }

    /// Once it is withdrawn; even a paid one can be.
    func void(isDryRun: Bool) throws(Refusal) -> InvoiceStatus {
        if isDryRun { throw .dryRun }
        guard self != .void else { throw .alreadyVoid }
        return .void
    }

    /// Once a client has set it, whatever it was before.
    func set(to asked: InvoiceStatus) throws(Refusal) -> InvoiceStatus {
        switch asked {
        case .initialized, .draft: return .initialized
        case .empty, .due, .paid, .void: return asked
        case .overdue, .scheduled, .onHold, .paymentProcessing: throw .derived
        }
    }

    /// Once time has passed.
    func aged(due: Day, on today: Day, isDryRun: Bool) -> InvoiceStatus {
        self == .due && !isDryRun && due < today ? .overdue : self
    }

    /// A preview's once the status of its contract has changed.
    func following(contractHasRunOut: Bool) -> InvoiceStatus {
        switch self {
        case .scheduled where contractHasRunOut: .onHold
        case .onHold where !contractHasRunOut: .scheduled
        default: self
        }
    }
}
