/// A service's type system. Immutable, so all loops share it. Its types live as long as the schema. Specification
/// section 3.3.
public final class Schema: @unchecked Sendable {
    public let description: String?
    public let queryType: ObjectType
    public let mutationType: ObjectType?
    public let subscriptionType: ObjectType?
    /// Every type, including introspection types and used built-in scalars, in the order of the documents.
    public let types: [NamedType]
    public let directives: [DirectiveDefinition]
    let typenameField: FieldDefinition?
    let schemaField: FieldDefinition?
    let typeField: FieldDefinition?
    private let typeOwner: TypeOwner
    private let typesByName: NamedValues<NamedType>
    private let directivesByName: NamedValues<DirectiveDefinition>
    /// The number of fields: their numbers are below it.
    let fieldCount: Int

    init(
        description: String?, queryType: ObjectType, mutationType: ObjectType?, subscriptionType: ObjectType?,
        types: [NamedType], ownedBy typeOwner: TypeOwner, directives: [DirectiveDefinition]
    ) {
        self.description = description
        self.queryType = queryType
        self.mutationType = mutationType
        self.subscriptionType = subscriptionType
        self.types = types
        self.typeOwner = typeOwner
        self.directives = directives
        typesByName = NamedValues(types.map { ($0.name, $0) })
        typenameField = typesByName["String"].map {
            FieldDefinition(name: "__typename", description: "The name of the current Object type at runtime.", type: .nonNull(.named($0)))
        }
        schemaField = typesByName["__Schema"].map {
            FieldDefinition(name: "__schema", description: "Access the current type schema of this server.", type: .nonNull(.named($0)))
        }
        if let type = typesByName["__Type"], let string = typesByName["String"] {
            typeField = FieldDefinition(
                name: "__type", description: "Request the type information of a single type.",
                arguments: [InputValueDefinition(name: "name", type: .nonNull(.named(string)))], type: .named(type))
        } else {
            typeField = nil
        }
        directivesByName = NamedValues(directives.map { ($0.name, $0) })
        fieldCount = Self.numberFields(types, [typenameField, schemaField, typeField].compactMap(\.self))
    }

    /// Numbers object types and fields, and computes the shapes of fields.
    private static func numberFields(_ types: [NamedType], _ introspectionFields: [FieldDefinition]) -> Int {
        var shapes = NameTable()
        var count: Int32 = 0
        func number(_ fields: [FieldDefinition]) {
            for field in fields {
                field.number = count
                count += 1
                let shape = field.type.shape
                field.shape = Int32(shapes.insert(shape, hash: Name.hash(of: shape)))
            }
        }
        number(introspectionFields)
        for (place, type) in types.enumerated() {
            switch type {
            case .object(let object):
                object.number = Int32(place)
                number(object.fields)
            case .interface(let interface): number(interface.fields)
            case .scalar, .union, .enumeration, .inputObject: break
            }
        }
        return Int(count)
    }

    public func type(_ name: String) -> NamedType? { typesByName[name] }

    func type(_ name: Name) -> NamedType? { typesByName[name] }

    public func directive(_ name: String) -> DirectiveDefinition? { directivesByName[name] }

    func directive(_ name: Name) -> DirectiveDefinition? { directivesByName[name] }

    public func rootType(for kind: OperationKind) -> ObjectType? {
        switch kind {
        case .query: queryType
        case .mutation: mutationType
        case .subscription: subscriptionType
        }
    }

    /// The object types that a value of `type` can have: itself, the implementations, or the members.
    public func possibleTypes(of type: NamedType) -> [ObjectType] {
        switch type {
        case .object(let type): [type]
        case .interface(let type): type.implementations
        case .union(let type): type.members
        case .scalar, .enumeration, .inputObject: []
        }
    }
}
