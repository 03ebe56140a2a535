internal import GraphQL

extension FieldError {
    /// A refusal whose message is the operation's, with what is wrong as `extensions.reason` and the argument to mend as
    /// `extensions.field`.
    init(_ message: String, reason: String, code: ErrorCode, field: String? = nil) {
        var details = [GraphQLError.Detail(name: "reason", value: .string(reason))]
        if let field { details.append(GraphQLError.Detail(name: "field", value: .string(field))) }
        self.init(message, code: code, details: details)
    }
}
