/// What a value must be beside its type, and the form in which it is handed on. Judged when the arguments of a field are taken to their
/// types, wherever the value comes from: literal, variable or default. Null is never judged, a list by its elements.
public struct ValueRule: Sendable {
    public let judge: @Sendable (InputValue) throws(Refusal) -> InputValue

    public init(_ judge: @escaping @Sendable (InputValue) throws(Refusal) -> InputValue) { self.judge = judge }

    /// Why a value is not accepted.
    public struct Refusal: Error, Sendable {
        /// Follows the path of the value: `must be from 0 to 100`.
        public let explanation: String
        /// Further members of the error's `extensions`.
        public let details: [GraphQLError.Detail]

        public init(_ explanation: String, details: [GraphQLError.Detail] = []) {
            self.explanation = explanation
            self.details = details
        }
    }
}

/// The rules that arguments and input fields of a schema name by a directive: `@value(kind: "percent")`. Without one, the rule called like
/// the scalar counts, if there is one.
public struct ValueRules: Sendable {
    static let directive = "value"
    private let kinds: [String: ValueRule]

    public init(_ kinds: [String: ValueRule] = [:]) { self.kinds = kinds }

    var isEmpty: Bool { kinds.isEmpty }

    func rule(kind: String) -> ValueRule? { kinds[kind] }
}
