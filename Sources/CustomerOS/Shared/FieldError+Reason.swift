internal import GraphQL

extension FieldError {
    /// A refusal that says what the operation failed to do and why. `extensions.reason` has the kind of reason,
    /// `extensions.field` the argument to fix.
    init(
        _ failure: String, because explanation: String, _ reason: ValueRefusal.Reason? = nil, code: ErrorCode, field: String? = nil
    ) {
        var details: [GraphQLError.Detail] = []
        if let reason { details.append(GraphQLError.Detail(name: "reason", value: .string(reason.rawValue))) }
        if let field { details.append(GraphQLError.Detail(name: "field", value: .string(field))) }
        self.init("\(failure): \(explanation)", code: code, details: details)
    }
}
