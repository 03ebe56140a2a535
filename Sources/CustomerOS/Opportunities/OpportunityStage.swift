internal import GraphQL
internal import Records

/// The stages of an opportunity, and their transitions. A suspended renewal is one whose contract has no length: only
/// the contract suspends and resumes it.
enum OpportunityStage: String, Word {
    case open = "OPEN"
    case won = "CLOSED_WON"
    case lost = "CLOSED_LOST"

    /// The stage to store.
    /// - Parameters:
    ///   - asked: The requested stage, if any.
    ///   - movesOn: Whether the client moves the opportunity to another external stage, which reopens it.
    /// - Throws: `FieldError` if the transition is not allowed.
    func next(asked: OpportunityStage?, movesOn: Bool, isRenewal: Bool) throws(FieldError) -> OpportunityStage {
        let next = movesOn && self != .open ? .open : asked ?? self
        switch (self, next) {
        case (.open, _), (.won, .won), (.lost, .lost):
            return next
        case (_, .open):
            // The contract has its next renewal already, or has ended.
            guard !isRenewal else {
                throw FieldError(
                    "A closed renewal cannot be opened again; change the renewal that the contract has now.", .notAllowed,
                    field: "input.internalStage")
            }
            return next
        case (.won, .lost), (.lost, .won), (_, _):
            throw FieldError(
                "A closed opportunity cannot go from \(rawValue) to \(next.rawValue); open it first.", .notAllowed,
                field: "input.internalStage")
        }
    }
}
