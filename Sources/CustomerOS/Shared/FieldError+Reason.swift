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

    /// A refused input: BAD_USER_INPUT.
    /// - Parameters:
    ///   - reason: The kind of mistake, as `extensions.reason`.
    ///   - field: The path of the member to fix, as `extensions.field`.
    init(_ message: String, _ reason: ValueRefusal.Reason, field: String) {
        self.init(
            message, code: .badUserInput,
            details: [
                GraphQLError.Detail(name: "reason", value: .string(reason.rawValue)),
                GraphQLError.Detail(name: "field", value: .string(field)),
            ])
    }
}
