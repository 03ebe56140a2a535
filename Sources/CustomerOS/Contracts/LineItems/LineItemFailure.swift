internal import GraphQL

/// How an operation on a service fails: what it failed to do.
struct LineItemFailure {
    /// A member of the input, as `extensions.field` names it.
    enum Member: String {
        case id, contractId, skuId, serviceLineItemId, billingCycle, price, serviceStarted, serviceEnded
    }

    let message: String

    init(_ message: String) { self.message = message }

    func because(_ explanation: String, _ reason: ValueRefusal.Reason, at member: Member? = nil) -> FieldError {
        FieldError(message, because: explanation, reason, code: .badUserInput, field: member?.rawValue)
    }

    func because(_ refusal: ValueRefusal, at member: Member) -> FieldError {
        FieldError(refusal, field: member.rawValue, failure: message)
    }

    func because(_ refusal: LineItemChain.Refusal) -> FieldError {
        because(refusal.explanation, .notAllowed, at: refusal.member)
    }

    /// Something that the operation needs does not exist.
    func missing(_ explanation: String, at member: Member) -> FieldError {
        FieldError(message, because: explanation, code: .notFound, field: member.rawValue)
    }
}
