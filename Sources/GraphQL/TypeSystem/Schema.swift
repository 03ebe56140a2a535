/// A service's type system. Immutable, so it is shared by all loops. Specification section 3.3.
public final class Schema: @unchecked Sendable {
    public let description: String?
    public let queryType: ObjectType
    public let mutationType: ObjectType?
    public let subscriptionType: ObjectType?
    /// Every type, the introspection types and used built-in scalars included, in the order of the documents.
    public let types: [NamedType]
    public let directives: [DirectiveDefinition]
    let metaFields: MetaFields?
    private let typesByName: [String: NamedType]
    private let directivesByName: [String: DirectiveDefinition]

    init(
        description: String?, queryType: ObjectType, mutationType: ObjectType?, subscriptionType: ObjectType?,
        types: [NamedType], directives: [DirectiveDefinition]
    ) {
        self.description = description
        self.queryType = queryType
        self.mutationType = mutationType
        self.subscriptionType = subscriptionType
        self.types = types
        self.directives = directives
        typesByName = Dictionary(types.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        metaFields = MetaFields(typesByName)
        directivesByName = Dictionary(directives.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public func type(_ name: String) -> NamedType? { typesByName[name] }

    public func directive(_ name: String) -> DirectiveDefinition? { directivesByName[name] }

    public func rootType(for kind: OperationKind) -> ObjectType? {
        switch kind {
        case .query: queryType
        case .mutation: mutationType
        case .subscription: subscriptionType
        }
    }

    /// The object types that a value of `type` can be: itself, the implementations, or the members.
    public func possibleTypes(of type: NamedType) -> [ObjectType] {
        switch type {
        case .object(let type): [type]
        case .interface(let type): type.implementations
        case .union(let type): type.members
        case .scalar, .enumeration, .inputObject: []
        }
    }
}

/// The fields that every query type has beside its own. Specification section 4.1.
struct MetaFields: Sendable {
    let schema: FieldDefinition
    let type: FieldDefinition

    /// Nil when the schema lacks the introspection types.
    init?(_ types: [String: NamedType]) {
        guard let schemaType = types["__Schema"], let typeType = types["__Type"], let string = types["String"] else { return nil }
        schema = FieldDefinition(name: "__schema", type: .nonNull(.named(schemaType)))
        let name = InputValueDefinition(name: "name", type: .nonNull(.named(string)))
        type = FieldDefinition(name: "__type", arguments: [name], type: .named(typeType))
    }
}
