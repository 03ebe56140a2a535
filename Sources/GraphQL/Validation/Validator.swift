/// Checks whether a document can be executed against a schema. Specification section 5.
public struct Validator: Sendable {
    public let schema: Schema
    /// How many errors are listed before validation is aborted.
    public let errorLimit: Int
    private let rules: [ValidationRule.Type]
    private let suggests: Bool

    /// - Parameters:
    ///   - rules: The names of the rules to check, without "Rule"; nil means all specified ones.
    ///   - suggests: Whether errors suggest what may have been meant.
    ///   - allowsIntrospection: Whether documents may use introspection.
    public init(
        schema: Schema, rules: [String]? = nil, errorLimit: Int = 100, suggests: Bool = true, allowsIntrospection: Bool = true
    ) {
        self.schema = schema
        self.errorLimit = errorLimit
        self.suggests = suggests
        self.rules =
            ValidationRules.specified.filter { entry in rules?.contains(entry.name) ?? true }.map(\.type)
            + (allowsIntrospection ? [] : [NoSchemaIntrospectionRule.self])
    }

    /// The errors of `document`, whose text is `source`; none if it is valid.
    public func validate(_ document: Document, source: [UInt8]) -> [GraphQLError] {
        let context = ValidationContext(schema: schema, document: document, source: source, limit: errorLimit, suggests: suggests)
        ValidationWalker(context: context, rules: rules.map { $0.init(context) }).walk()
        return context.errors
    }
}
