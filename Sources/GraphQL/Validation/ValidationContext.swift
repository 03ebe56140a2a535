/// What the rules share: the schema, the position of the walk, and the errors.
final class ValidationContext {
    let schema: Schema
    let document: Document
    let layout: DocumentLayout
    private let source: [UInt8]
    private lazy var locator = SourceLocator(source)
    private let limit: Int
    private let suggests: Bool
    private(set) var errors: [GraphQLError] = []
    private(set) var isAborted = false

    /// The composite type whose fields are being selected.
    var parentType: NamedType?
    /// The field being walked, or nil if it is unknown.
    var field: FieldDefinition?
    /// The directive being walked, if any; its arguments come before those of `field`.
    var directive: DirectiveDefinition?
    var isInDirective = false
    /// What each operation and fragment itself uses, in document order.
    var uses: [DefinitionUses] = []

    init(schema: Schema, document: Document, source: [UInt8], limit: Int, suggests: Bool) {
        self.schema = schema
        self.document = document
        self.limit = limit
        self.suggests = suggests
        self.source = source
        layout = DocumentLayout(document, schema)
    }

    /// The last fragment with a name.
    func fragment(_ name: Name) -> FragmentDefinition? { layout.fragmentNumber(name).map { layout.fragments[$0] } }

    func report(_ message: String, _ positions: SourcePosition...) { report(message, at: positions) }

    func report(_ message: String, at positions: [SourcePosition]) {
        guard !isAborted else { return }
        if errors.count >= limit {
            isAborted = true
            errors.append(
                GraphQLError("Too many validation errors, error limit reached. Validation aborted.", code: .validationFailed))
            return
        }
        errors.append(GraphQLError(message, code: .validationFailed, locations: positions.map { locator.location(of: $0) }))
    }

    /// "Did you mean", with the closest of `options`; empty if none is close, or suggestions are off.
    func suggestion(_ input: String, among options: @autoclosure () -> [String], of kind: String? = nil) -> String {
        suggests && !isAborted ? Suggestions.sentence(input, among: options(), of: kind) : ""
    }

    func suggestion(for names: @autoclosure () -> [String], of kind: String? = nil) -> String {
        suggests && !isAborted ? Suggestions.sentence(for: names(), of: kind) : ""
    }

    func compositeType(_ name: Name) -> NamedType? { schema.compositeType(name) }

    /// What the operations use through the fragments they reach. Valid once the walk has ended.
    lazy var reachable = ReachableUses(uses)
}

/// What an operation or fragment uses in its own text.
struct DefinitionUses {
    struct Variable {
        let name: Name
        /// The type expected at the position, if known.
        let type: TypeReference?
        let hasDefault: Bool
        /// The OneOf input object of which the variable is a member.
        let oneOf: String?
    }

    var operation: OperationDefinition?
    var fragment: String?
    var variables: [Variable] = []
    var spreads: [String] = []
}
