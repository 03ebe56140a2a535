/// What a value must satisfy beyond its type, and the form in which it is passed on. Applied when a field's arguments
/// are coerced, whether the value comes from a literal, variable or default. Null is never checked, a list by its
/// elements.
public struct ValueRule: Sendable {
    public let judge: @Sendable (InputValue) throws(Refusal) -> InputValue

    public init(_ judge: @escaping @Sendable (InputValue) throws(Refusal) -> InputValue) { self.judge = judge }

    /// Why a value is not accepted.
    public struct Refusal: Error, Sendable {
        /// Follows the path of the value: `must be from 0 to 100`.
        public let explanation: String
        /// Additional members of the error's `extensions`.
        public let details: [GraphQLError.Detail]

        public init(_ explanation: String, details: [GraphQLError.Detail] = []) {
            self.explanation = explanation
            self.details = details
        }
    }
}

/// The rules that a schema's arguments and input fields name by a directive: `@value(kind: "percent")`. Without it, the
/// rule named like the scalar applies, if any.
public struct ValueRules: Sendable {
    static let directive = "value"
    private let kinds: [String: ValueRule]

    public init(_ kinds: [String: ValueRule] = [:]) { self.kinds = kinds }

    var isEmpty: Bool { kinds.isEmpty }

    func rule(kind: String) -> ValueRule? { kinds[kind] }
}
