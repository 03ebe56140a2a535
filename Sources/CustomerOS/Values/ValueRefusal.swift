internal import GraphQL

/// Why a value is not accepted. Each kind of value has its rule in this folder, a pure function from what was given to the form in which
/// it is stored. The rule does not know who brings the value: API, import and demo data turn its refusal into the error of their own.
struct ValueRefusal: Error, Equatable {
    /// What kind of mistake it is, for programs: `extensions.reason`. The words never change.
    enum Reason: String, Sendable {
        /// A number, moment or length outside of what is allowed.
        case outOfRange = "OUT_OF_RANGE"
        /// More digits behind the point than are stored.
        case tooPrecise = "TOO_PRECISE"
        /// Not written as a value of its kind.
        case malformed = "MALFORMED"
        /// Well written, but there is no such currency, country, zone or stage.
        case unknown = "UNKNOWN"
        /// Needed, and not given.
        case missing = "MISSING"
        /// Not possible beside the other values of the input or of the record.
        case notAllowed = "NOT_ALLOWED"
        /// Several values where one is meant.
        case several = "SEVERAL"
    }

    let reason: Reason
    /// What is wrong and what is allowed, as it follows the name of the member: `must be from 0 to 100`.
    let explanation: String

    init(_ reason: Reason, _ explanation: String) {
        self.reason = reason
        self.explanation = explanation
    }
}

extension FieldError {
    /// A refused value: BAD_USER_INPUT, with the member as `extensions.field` and the kind of mistake as `extensions.reason`.
    /// - Parameters:
    ///   - field: The member of the input, with the ones around it: `billingDetails.dueDays`.
    ///   - failure: What the operation failed to do, if that is said first.
    init(_ refusal: ValueRefusal, field: String, failure: String? = nil) {
        self.init(
            "\(failure.map { "\($0): " } ?? "")\(field) \(refusal.explanation)", code: .badUserInput,
            details: [
                GraphQLError.Detail(name: "reason", value: .string(refusal.reason.rawValue)),
                GraphQLError.Detail(name: "field", value: .string(field)),
            ])
    }
}

extension ImportRefusal {
    /// A refused value of a line's member.
    init(_ refusal: ValueRefusal, member: String) { self.init("\(member) \(refusal.explanation)") }
}
