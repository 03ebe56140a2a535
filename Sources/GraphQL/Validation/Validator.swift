/// Checks whether a document can be executed against a schema. Specification section 5.
public struct Validator: Sendable {
    public let schema: Schema
    /// How many errors are listed before validation is aborted.
    public let errorLimit: Int
    private let rules: [String]?

    /// - Parameter rules: The names of the rules to check, without "Rule"; nil means all.
    public init(schema: Schema, rules: [String]? = nil, errorLimit: Int = 100) {
        self.schema = schema
        self.rules = rules
        self.errorLimit = errorLimit
    }

    /// The errors of `document`, whose text is `source`; none when it is valid.
    public func validate(_ document: Document, source: [UInt8]) -> [GraphQLError] {
        let context = ValidationContext(schema: schema, document: document, source: source, limit: errorLimit)
        let rules = ValidationRules.specified.filter { entry in self.rules?.contains(entry.name) ?? true }.map { $0.type.init(context) }
        ValidationWalker(context: context, rules: rules).walk()
        return context.errors
    }
}
