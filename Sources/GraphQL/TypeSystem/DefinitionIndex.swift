/// The definitions of a schema's documents, extensions merged in and built-in ones added.
struct DefinitionIndex {
    /// In the order of the documents, then the built-in ones that the documents do not define.
    private(set) var types: [TypeDefinitionNode] = []
    private(set) var directives: [DirectiveDefinitionNode] = []
    private(set) var description: StringLiteral?
    private(set) var schemaDirectives: [Directive] = []
    private(set) var schemaPosition: SourcePosition?
    private(set) var operationTypes: [OperationTypeNode] = []
    /// Whether there is a `schema { … }`: without one, root types are found by name.
    private(set) var hasSchemaDefinition = false
    /// Where types are extended, by type name.
    private(set) var extensions: [String: [SourcePosition]] = [:]
    /// The built-in scalars that the documents do not define.
    private(set) var implicitScalars: Set<String> = []
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
        var merged: [Int: [TypeDefinitionNode]] = [:]
        for case .type(let node) in definitions where node.isExtension {
            guard let place = places[node.name.value] else { continue }
            merged[place, default: []].append(node)
            extensions[node.name.value, default: []].append(node.position)
        }
        for (place, nodes) in merged { types[place].merge(nodes) }
        let definedDirectives = Set(directives.map(\.name.value))
        for text in [BuiltInDefinitions.scalars, BuiltInDefinitions.introspection, BuiltInDefinitions.directives] {
            guard let document = try? Parser.parse(Array(text.utf8)) else { continue }
            for case .typeSystem(let definition) in document.definitions {
                switch definition {
                case .type(let node) where places[node.name.value] == nil:
                    if case .scalar = node.kind { implicitScalars.insert(node.name.value) }
                    places[node.name.value] = types.count
                    types.append(node)
                case .directive(let node) where !definedDirectives.contains(node.name.value):
                    directives.append(node)
                default: break
                }
            }
        }
    }
}

extension TypeDefinitionNode {
    /// Adds extensions. Those of another kind have already been refused.
    fileprivate mutating func merge(_ extensions: [TypeDefinitionNode]) {
        directives += extensions.flatMap(\.directives)
        let kinds = extensions.map(\.kind)
        switch kind {
        case .scalar: break
        case .object(let interfaces, let fields):
            kind = .object(interfaces: interfaces + kinds.flatMap(\.interfaces), fields: fields + kinds.flatMap(\.fields))
        case .interface(let interfaces, let fields):
            kind = .interface(interfaces: interfaces + kinds.flatMap(\.interfaces), fields: fields + kinds.flatMap(\.fields))
        case .union(let members):
            kind = .union(members: kinds.reduce(into: members) { if case .union(let more) = $1 { $0 += more } })
        case .enumeration(let values):
            kind = .enumeration(values: kinds.reduce(into: values) { if case .enumeration(let more) = $1 { $0 += more } })
        case .inputObject(let fields):
            kind = .inputObject(fields: kinds.reduce(into: fields) { if case .inputObject(let more) = $1 { $0 += more } })
        }
    }
}

extension TypeDefinitionNode.Kind {
    fileprivate var interfaces: [Name] {
        switch self {
        case .object(let interfaces, _), .interface(let interfaces, _): interfaces
        case .scalar, .union, .enumeration, .inputObject: []
        }
    }

    fileprivate var fields: [FieldDefinitionNode] {
        switch self {
        case .object(_, let fields), .interface(_, let fields): fields
        case .scalar, .union, .enumeration, .inputObject: []
        }
    }
}
