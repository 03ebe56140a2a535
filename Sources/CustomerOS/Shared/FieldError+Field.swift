internal import GraphQL

extension FieldError {
    /// A refusal that names the argument to fix, as `extensions.field`.
    init(_ message: String, code: ErrorCode, field: String) {
        self.init(message, code: code, details: [GraphQLError.Detail(name: "field", value: .string(field))])
    }
}
