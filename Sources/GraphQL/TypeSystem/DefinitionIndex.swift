/// The definitions of a schema's documents with the extensions merged into them, the built-in ones added.
struct DefinitionIndex {
    /// In the order of the documents, then the built-in ones that the documents do not define.
    private(set) var types: [TypeDefinitionNode] = []
    private(set) var directives: [DirectiveDefinitionNode] = []
    private(set) var description: StringLiteral?
    private(set) var schemaDirectives: [Directive] = []
    private(set) var schemaPosition: SourcePosition?
    private(set) var operationTypes: [OperationTypeNode] = []
    /// Whether there is a `schema { … }`: without, the root types go by their names.
    private(set) var hasSchemaDefinition = false
    /// Where types are extended, by their names.
    private(set) var extensions: [String: [SourcePosition]] = [:]
    private var places: [String: Int] = [:]

    /// The merged definition of a type.
    func type(_ name: String) -> TypeDefinitionNode? { places[name].map { types[$0] } }

    init(_ definitions: [TypeSystemDefinition]) {
        for definition in definitions {
            switch definition {
            case .schema(let node):
                if !node.isExtension {
                    hasSchemaDefinition = true
                    description = node.description
                    schemaPosition = node.position
                }
                schemaDirectives += node.directives
                operationTypes += node.operationTypes
            case .directive(let node): directives.append(node)
            case .type(let node) where !node.isExtension:
                if places[node.name.value] == nil {
                    places[node.name.value] = types.count
                    types.append(node)
                }
            case .type: break
            }
        }
        for case .type(let node) in definitions where node.isExtension {
            guard let place = places[node.name.value] else { continue }
            types[place].merge(node)
            extensions[node.name.value, default: []].append(node.position)
        }
        for text in [BuiltInDefinitions.scalars, BuiltInDefinitions.introspection, BuiltInDefinitions.directives] {
            guard let document = try? Parser.parse(Array(text.utf8)) else { continue }
            for case .typeSystem(let definition) in document.definitions {
                switch definition {
                case .type(let node) where places[node.name.value] == nil:
                    places[node.name.value] = types.count
                    types.append(node)
                case .directive(let node) where !directives.contains(where: { $0.name.value == node.name.value }):
                    directives.append(node)
                default: break
                }
            }
        }
    }
}

extension TypeDefinitionNode {
    fileprivate mutating func merge(_ other: TypeDefinitionNode) {
        directives += other.directives
        switch (kind, other.kind) {
        case (.object(let interfaces, let fields), .object(let moreInterfaces, let moreFields)):
            kind = .object(interfaces: interfaces + moreInterfaces, fields: fields + moreFields)
        case (.interface(let interfaces, let fields), .interface(let moreInterfaces, let moreFields)):
            kind = .interface(interfaces: interfaces + moreInterfaces, fields: fields + moreFields)
        case (.union(let members), .union(let more)): kind = .union(members: members + more)
        case (.enumeration(let values), .enumeration(let more)): kind = .enumeration(values: values + more)
        case (.inputObject(let fields), .inputObject(let more)): kind = .inputObject(fields: fields + more)
        default: break
        }
    }
}
