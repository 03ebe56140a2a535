/// What the rules share: the schema, where the walk is, and the errors.
final class ValidationContext {
    let schema: Schema
    let document: Document
    /// By name; of several with one name, the last.
    let fragments: [String: FragmentDefinition]
    private let locator: SourceLocator
    private let limit: Int
    private(set) var errors: [GraphQLError] = []
    private(set) var isAborted = false

    /// The composite type whose fields are being selected.
    var parentType: NamedType?
    /// The field being walked, or nil when it is unknown.
    var field: FieldDefinition?
    /// The directive being walked, if any; its arguments come before those of `field`.
    var directive: DirectiveDefinition?
    var isInDirective = false
    /// What each operation and fragment uses itself, in the order of the document.
    var uses: [DefinitionUses] = []

    init(schema: Schema, document: Document, source: [UInt8], limit: Int) {
        self.schema = schema
        self.document = document
        self.limit = limit
        locator = SourceLocator(source)
        var fragments: [String: FragmentDefinition] = [:]
        for case .fragment(let fragment) in document.definitions { fragments[fragment.name.value] = fragment }
        self.fragments = fragments
    }

    func report(_ message: String, _ positions: SourcePosition...) { report(message, at: positions) }

    func report(_ message: String, at positions: [SourcePosition]) {
        guard !isAborted else { return }
        if errors.count >= limit {
            isAborted = true
            errors.append(
                GraphQLError("Too many validation errors, error limit reached. Validation aborted.", code: .validationFailed))
            return
        }
        errors.append(GraphQLError(message, code: .validationFailed, locations: positions.map(locator.location)))
    }

    /// The field named `name` of `type`, the introspection fields included.
    func fieldDefinition(_ name: String, of type: NamedType) -> FieldDefinition? {
        switch type {
        case .object(let object): object.field(name) ?? schema.introspectionField(name, of: type)
        case .interface(let interface): interface.field(name) ?? schema.introspectionField(name, of: type)
        default: schema.introspectionField(name, of: type)
        }
    }

    func compositeType(_ name: String) -> NamedType? {
        guard let type = schema.type(name), type.isComposite else { return nil }
        return type
    }

    /// What an operation uses, with the fragments it reaches.
    func reachableUses(of operation: DefinitionUses) -> [DefinitionUses] {
        var result = [operation]
        var seen: Set<String> = []
        var index = 0
        while index < result.count {
            for spread in result[index].spreads where seen.insert(spread).inserted {
                if let place = fragmentPlaces[spread], uses.indices.contains(place) { result.append(uses[place]) }
            }
            index += 1
        }
        return result
    }

    private lazy var fragmentPlaces: [String: Int] = {
        var places: [String: Int] = [:]
        for (place, use) in uses.enumerated() {
            if let name = use.fragment { places[name] = place }
        }
        return places
    }()
}

/// What an operation or fragment uses in its own text.
struct DefinitionUses {
    struct Variable {
        let name: Name
        /// The type of the place, if it is known.
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
