internal import GraphQL

/// Why a value is not accepted. Each kind of value has its rule in this folder, a pure function from input to stored
/// form. The rule does not know its caller: API, import and demo data turn the refusal into their own errors.
struct ValueRefusal: Error, Equatable {
    /// The kind of mistake, for programs: `extensions.reason`. The raw values never change.
    enum Reason: String, Sendable {
        /// A number, time or length out of range.
        case outOfRange = "OUT_OF_RANGE"
        /// More decimals than are stored.
        case tooPrecise = "TOO_PRECISE"
        /// Not in the format of its kind.
        case malformed = "MALFORMED"
        /// Well-formed, but there is no such currency, country, zone or stage.
        case unknown = "UNKNOWN"
        /// Required, but not given.
        case missing = "MISSING"
        /// Incompatible with the other values of the input or record.
        case notAllowed = "NOT_ALLOWED"
        /// Several values instead of one.
        case several = "SEVERAL"
    }

    let reason: Reason
    /// What is wrong and what is allowed, following the member's name: `must be from 0 to 100`.
    let explanation: String

    init(_ reason: Reason, _ explanation: String) {
        self.reason = reason
        self.explanation = explanation
    }
}

extension FieldError {
    /// A refused value: BAD_USER_INPUT, with the member as `extensions.field` and the kind of mistake as
    /// `extensions.reason`.
    /// - Parameters:
    ///   - field: The path of the input's member: `billingDetails.dueDays`.
    ///   - failure: What the operation failed to do, as an optional prefix.
    init(_ refusal: ValueRefusal, field: String, failure: String? = nil) {
        self.init("\(failure.map { "\($0): " } ?? "")\(field) \(refusal.explanation)", refusal.reason, field: field)
    }
}

extension ImportRefusal {
    /// A refused value of a line's member.
    init(_ refusal: ValueRefusal, member: String) { self.init("\(member) \(refusal.explanation)") }
}
