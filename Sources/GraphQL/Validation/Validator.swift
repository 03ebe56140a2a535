/// Says whether a document may be executed against a schema. Specification section 5.
public struct Validator: Sendable {
    private let schema: Schema
    private let limits: DocumentLimits

    public init(schema: Schema, limits: DocumentLimits = DocumentLimits()) {
        self.schema = schema
        self.limits = limits
    }

    /// - Returns: What is wrong, a hundred errors at most; empty when the document may be executed.
    public func validate(_ document: Document, source: [UInt8]) -> [GraphQLError] {
        let context = ValidationContext(schema: schema, document: document, source: source)
        DefinitionRules(context).check()
        SelectionRules(context).check()
        // What follows relies on fields that exist and on fragments without cycles.
        if context.errors.isEmpty { VariableRules(context).check() }
        if context.errors.isEmpty { limits.check(context) }
        if context.errors.isEmpty { MergeRule(context).check() }
        return context.errors
    }
}

/// What the rules share: the document, looked up, and the errors that were found.
final class ValidationContext {
    let schema: Schema
    let document: Document
    private let source: [UInt8]
    let operations: [OperationDefinition]
    /// In the order of the document.
    let fragmentList: [FragmentDefinition]
    let fragments: [String: FragmentDefinition]
    /// Every use of a variable, by the name of the fragment it stands in, or by the place of its operation.
    var usages: [UsageScope: [VariableUsage]] = [:]
    /// The fragments that an operation or a fragment spreads itself.
    var spreads: [UsageScope: [Name]] = [:]
    private(set) var errors: [GraphQLError] = []

    enum UsageScope: Hashable {
        case operation(Int)
        case fragment(String)
    }

    struct VariableUsage {
        let name: Name
        /// What the place takes, or nil where that is unknown.
        let type: TypeReference?
        let hasDefault: Bool
    }

    init(schema: Schema, document: Document, source: [UInt8]) {
        self.schema = schema
        self.document = document
        self.source = source
        var operations: [OperationDefinition] = []
        var list: [FragmentDefinition] = []
        for definition in document.definitions {
            switch definition {
            case .operation(let operation): operations.append(operation)
            case .fragment(let fragment): list.append(fragment)
            case .typeSystem: break
            }
        }
        self.operations = operations
        fragmentList = list
        fragments = Dictionary(list.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func report(_ message: String, at positions: SourcePosition..., code: ErrorCode = .validationFailed, limit: Int? = nil) {
        if errors.count == 100 {
            errors.append(GraphQLError("Too many validation errors, error limit reached. Validation aborted.", code: .validationFailed))
        }
        guard errors.count < 100 else { return }
        errors.append(
            GraphQLError(
                message, code: code, locations: positions.map { LineIndex.location(of: $0, in: source) },
                details: limit.map { [GraphQLError.Detail(name: "limit", value: .integer(Int64($0)))] } ?? []))
    }

    /// The fragments that are reached from a scope, each once.
    func reachedFragments(_ scope: UsageScope) -> [String] {
        var reached: [String] = []
        var seen: Set<String> = []
        var waiting = spreads[scope] ?? []
        while let next = waiting.popLast() {
            guard seen.insert(next.value).inserted, fragments[next.value] != nil else { continue }
            reached.append(next.value)
            waiting += spreads[.fragment(next.value)] ?? []
        }
        return reached
    }
}
