/// Makes types from their definitions. Unknown names have already been refused and are skipped here.
struct SchemaAssembly {
    let index: DefinitionIndex
    private let typeOwner: TypeOwner
    private(set) var directives: [DirectiveDefinition] = []
    /// Nil without a query type, which schema validation reports.
    private(set) var schema: Schema?
    let typesByName: [String: NamedType]
    /// The directives that name a kind without a rule.
    private(set) var unknownKinds: [Directive] = []

    init(_ index: DefinitionIndex, scalars: [String: ScalarCoercion], rules: ValueRules) {
        self.index = index
        typeOwner = TypeOwner(index.types.map { Self.shell($0, scalars: scalars) })
        let types = typeOwner.types
        typesByName = Dictionary(zip(index.types.map(\.name.value), types), uniquingKeysWith: { first, _ in first })
        for (node, type) in zip(index.types, types) { fill(type, node) }
        for node in index.directives {
            directives.append(
                DirectiveDefinition(
                    name: node.name.value, description: node.description?.value, arguments: node.arguments.compactMap(inputValue),
                    isRepeatable: node.isRepeatable, locations: node.locations.map(\.value)))
        }
        for case .object(let object) in types {
            for interface in object.interfaces where interface.implementations.last !== object { interface.implementations.append(object) }
        }
        coerceDefaults()
        if !rules.isEmpty { attach(rules) }
        guard let query = rootType(.query) else { return }
        schema = Schema(
            description: index.description?.value, queryType: query, mutationType: rootType(.mutation),
            subscriptionType: rootType(.subscription), types: types.filter(isIncluded(referencedScalars)), ownedBy: typeOwner,
            directives: directives)
    }

    var types: [NamedType] { typeOwner.types }

    /// Whether a type is part of the schema: a built-in scalar is only if something refers to it. Specification section
    /// 3.5.
    private func isIncluded(_ referenced: Set<String>) -> (NamedType) -> Bool {
        { type in !index.implicitScalars.contains(type.name) || referenced.contains(type.name) }
    }

    /// The names of the scalars that fields and arguments refer to.
    private var referencedScalars: Set<String> {
        var names: Set<String> = []
        func add(_ type: TypeReference) {
            if case .scalar(let scalar) = type.namedType { names.insert(scalar.name) }
        }
        func add(_ fields: [FieldDefinition]) {
            for field in fields {
                add(field.type)
                field.arguments.forEach { add($0.type) }
            }
        }
        for type in types {
            switch type {
            case .object(let object): add(object.fields)
            case .interface(let interface): add(interface.fields)
            case .inputObject(let object): object.fields.forEach { add($0.type) }
            case .scalar, .union, .enumeration: break
            }
        }
        for directive in directives { directive.arguments.forEach { add($0.type) } }
        return names
    }

    /// The name given for a root operation type.
    func rootName(_ kind: OperationKind) -> String? {
        if index.hasSchemaDefinition { return index.operationTypes.last { $0.kind == kind }?.type.value }
        if let extended = index.operationTypes.last(where: { $0.kind == kind }) { return extended.type.value }
        let name =
            switch kind {
            case .query: "Query"
            case .mutation: "Mutation"
            case .subscription: "Subscription"
            }
        return typesByName[name] == nil ? nil : name
    }

    private func rootType(_ kind: OperationKind) -> ObjectType? {
        guard let name = rootName(kind), case .object(let type)? = typesByName[name] else { return nil }
        return type
    }

    private static func shell(_ node: TypeDefinitionNode, scalars: [String: ScalarCoercion]) -> NamedType {
        let name = node.name.value
        let description = node.description?.value
        switch node.kind {
        case .scalar:
            let coercion = scalars[name] ?? StandardScalars.builtIn[name] ?? .any
            return .scalar(ScalarType(name: name, description: description, coercion: coercion))
        case .object: return .object(ObjectType(name: name, description: description))
        case .interface: return .interface(InterfaceType(name: name, description: description))
        case .union: return .union(UnionType(name: name, description: description))
        case .enumeration: return .enumeration(EnumType(name: name, description: description))
        case .inputObject: return .inputObject(InputObjectType(name: name, description: description))
        }
    }

    private func fill(_ type: NamedType, _ node: TypeDefinitionNode) {
        switch (type, node.kind) {
        case (.scalar(let scalar), _):
            scalar.appliedDirectives = node.directives
            scalar.specifiedBy = node.directives.stringArgument("specifiedBy", "url")
        case (.object(let object), .object(let interfaces, let fields)):
            object.appliedDirectives = node.directives
            object.interfaces = self.interfaces(interfaces)
            object.fields = fields.compactMap(field)
        case (.interface(let interface), .interface(let interfaces, let fields)):
            interface.appliedDirectives = node.directives
            interface.interfaces = self.interfaces(interfaces)
            interface.fields = fields.compactMap(field)
        case (.union(let union), .union(let members)):
            union.appliedDirectives = node.directives
            union.members = members.compactMap { name in
                guard case .object(let object)? = typesByName[name.value] else { return nil }
                return object
            }
        case (.enumeration(let enumeration), .enumeration(let values)):
            enumeration.appliedDirectives = node.directives
            enumeration.values = values.map { value in
                EnumValueDefinition(
                    name: value.name.value, description: value.description?.value,
                    deprecationReason: value.directives.deprecationReason, appliedDirectives: value.directives)
            }
        case (.inputObject(let object), .inputObject(let fields)):
            object.appliedDirectives = node.directives
            object.isOneOf = node.directives.contains { $0.name.value == "oneOf" }
            object.fields = fields.compactMap(inputValue)
        default: break
        }
    }

    private func interfaces(_ names: [Name]) -> [InterfaceType] {
        names.compactMap { name in
            guard case .interface(let interface)? = typesByName[name.value] else { return nil }
            return interface
        }
    }

    private func field(_ node: FieldDefinitionNode) -> FieldDefinition? {
        guard let type = reference(node.type) else { return nil }
        return FieldDefinition(
            name: node.name.value, description: node.description?.value, arguments: node.arguments.compactMap(inputValue),
            type: type, deprecationReason: node.directives.deprecationReason, appliedDirectives: node.directives)
    }

    private func inputValue(_ node: InputValueDefinitionNode) -> InputValueDefinition? {
        guard let type = reference(node.type) else { return nil }
        return InputValueDefinition(
            name: node.name.value, description: node.description?.value, type: type, defaultLiteral: node.defaultValue,
            deprecationReason: node.directives.deprecationReason, appliedDirectives: node.directives)
    }

    func reference(_ node: TypeNode) -> TypeReference? {
        switch node {
        case .named(let name): typesByName[name.value].map { .named($0) }
        case .list(let node, _): reference(node).map { .list($0) }
        case .nonNull(let node): reference(node).map { .nonNull($0) }
        }
    }

    private func coerceDefaults() {
        var coercion = DefaultCoercion()
        for value in inputValues { coercion.coerce(value) }
        for directive in directives { for value in directive.arguments { coercion.coerce(value) } }
    }

    /// The arguments of all fields, and all input fields.
    private var inputValues: [InputValueDefinition] {
        types.flatMap { (type) -> [InputValueDefinition] in
            switch type {
            case .object(let type): type.fields.flatMap(\.arguments)
            case .interface(let type): type.fields.flatMap(\.arguments)
            case .inputObject(let type): type.fields
            case .scalar, .union, .enumeration: []
            }
        }
    }

    /// Gives each input value its rule, and marks the values that contain it. Schema validation reports a kind without
    /// a rule.
    private mutating func attach(_ rules: ValueRules) {
        let values = inputValues
        for value in values {
            value.rule = rules.rule(kind: value.ruleKind)
            value.hasRules = value.rule != nil
            if value.rule == nil { unknownKinds += value.appliedDirectives.filter { $0.name.value == ValueRules.directive } }
        }
        var grows = true
        while grows {
            grows = false
            for value in values where !value.hasRules {
                guard case .inputObject(let type) = value.type.namedType, type.fields.contains(where: \.hasRules) else { continue }
                value.hasRules = true
                grows = true
            }
        }
    }
}

extension InputValueDefinition {
    /// The name of its rule: the directive's, otherwise the type's.
    public var ruleKind: String { appliedDirectives.stringArgument(ValueRules.directive, "kind") ?? type.namedType.name }
}

extension [Directive] {
    /// The string given for an argument of a directive.
    func stringArgument(_ directive: String, _ argument: String) -> String? {
        for case let applied in self where applied.name.value == directive {
            for given in applied.arguments where given.name.value == argument {
                if case .string(let literal) = given.value { return literal.value }
            }
        }
        return nil
    }

    var deprecationReason: String? {
        guard contains(where: { $0.name.value == "deprecated" }) else { return nil }
        return stringArgument("deprecated", "reason") ?? "No longer supported"
    }
}
