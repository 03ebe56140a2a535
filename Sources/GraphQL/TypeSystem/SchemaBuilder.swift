/// A part of a schema as it is written, with the name that errors show.
public struct SchemaSource: Sendable {
    public var name: String
    public var text: String

    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

/// What is wrong with a schema: all that was found.
public struct SchemaErrors: Error, Sendable, CustomStringConvertible {
    public let messages: [String]

    public var description: String { messages.joined(separator: "\n") }
}

/// Makes a type system out of documents. Specification section 3.
public struct SchemaBuilder {
    private var types: [String: NamedType] = [:]
    private var order: [String] = []
    private var nodes: [String: [TypeDefinitionNode]] = [:]
    private var schemaNodes: [SchemaDefinitionNode] = []
    private var directives: [DirectiveDefinitionNode] = []
    private var errors: [String] = []

    /// - Parameter scalars: How the scalars that are not built in take values; one that is missing takes any.
    public static func build(_ sources: [SchemaSource], scalars: [String: ScalarCoercion] = [:]) throws(SchemaErrors) -> Schema {
        var builder = SchemaBuilder()
        for source in sources + [SchemaSource(name: "introspection", text: IntrospectionSchema.text)] { builder.read(source) }
        try builder.check()
        builder.declare(scalars.merging(ScalarCoercion.builtIn) { $1 })
        builder.fill()
        try builder.check()
        let schema = builder.schema()
        try builder.check()
        guard let schema else { throw SchemaErrors(messages: ["Query root type must be provided."]) }
        return schema
    }

    private func check() throws(SchemaErrors) {
        if !errors.isEmpty { throw SchemaErrors(messages: errors) }
    }

    // MARK: Reading

    private mutating func read(_ source: SchemaSource) {
        let document: Document
        do {
            document = try Parser.parse(Array(source.text.utf8))
        } catch {
            let place = error.locations.first.map { ":\($0.line):\($0.column)" } ?? ""
            errors.append("\(source.name)\(place): \(error.message)")
            return
        }
        for definition in document.definitions {
            switch definition {
            case .typeSystem(.schema(let node)): schemaNodes.append(node)
            case .typeSystem(.directive(let node)):
                if directives.contains(where: { $0.name.value == node.name.value }) {
                    if !IntrospectionSchema.builtInDirectives.contains(node.name.value) {
                        errors.append("There can be only one directive named \"@\(node.name.value)\".")
                    }
                } else {
                    directives.append(node)
                }
            case .typeSystem(.type(let node)): add(node)
            case .operation, .fragment: errors.append("\(source.name): a schema holds no operations and no fragments.")
            }
        }
    }

    private mutating func add(_ node: TypeDefinitionNode) {
        let name = node.name.value
        let defined = nodes[name]?.contains { !$0.isExtension } ?? false
        if !node.isExtension, defined {
            if !IntrospectionSchema.builtInScalars.contains(name) { errors.append("There can be only one type named \"\(name)\".") }
            return
        }
        if nodes[name] == nil { order.append(name) }
        nodes[name, default: []].append(node)
    }

    // MARK: Types

    private mutating func declare(_ scalars: [String: ScalarCoercion]) {
        for name in order {
            guard let parts = nodes[name], let base = parts.first(where: { !$0.isExtension }) else {
                errors.append("Cannot extend type \"\(name)\" because it is not defined.")
                continue
            }
            let description = base.description?.value
            switch base.kind {
            case .scalar: types[name] = .scalar(ScalarType(name: name, description: description, coercion: scalars[name] ?? .any))
            case .object: types[name] = .object(ObjectType(name: name, description: description))
            case .interface: types[name] = .interface(InterfaceType(name: name, description: description))
            case .union: types[name] = .union(UnionType(name: name, description: description))
            case .enumeration: types[name] = .enumeration(EnumType(name: name, description: description))
            case .inputObject: types[name] = .inputObject(InputObjectType(name: name, description: description))
            }
        }
    }

    private mutating func fill() {
        for name in order {
            guard let type = types[name], let parts = nodes[name] else { continue }
            for part in parts { fill(type, part) }
        }
        for name in order { finishInput(name) }
        for name in order {
            if case .object(let object)? = types[name] {
                for interface in object.interfaces { checkImplementation(object, interface) }
            }
        }
    }

    private mutating func fill(_ type: NamedType, _ node: TypeDefinitionNode) {
        switch (type, node.kind) {
        case (.scalar(let scalar), .scalar):
            scalar.appliedDirectives += node.directives
            if let url = node.directives.stringArgument("specifiedBy", "url") { scalar.specifiedBy = url }
        case (.object(let object), .object(let interfaces, let fields)):
            object.appliedDirectives += node.directives
            object.fields += fields.map { self.field($0, of: object.name) }
            for name in interfaces {
                guard case .interface(let interface)? = types[name.value] else {
                    errors.append("Type \(object.name) must only implement Interface types, it cannot implement \(name.value).")
                    continue
                }
                object.interfaces.append(interface)
                interface.implementations.append(object)
            }
        case (.interface(let interface), .interface(let interfaces, let fields)):
            interface.appliedDirectives += node.directives
            interface.fields += fields.map { self.field($0, of: interface.name) }
            for name in interfaces {
                guard case .interface(let parent)? = types[name.value] else {
                    errors.append("Type \(interface.name) must only implement Interface types, it cannot implement \(name.value).")
                    continue
                }
                interface.interfaces.append(parent)
            }
        case (.union(let union), .union(let members)):
            union.appliedDirectives += node.directives
            for name in members {
                guard case .object(let member)? = types[name.value] else {
                    errors.append("Union type \(union.name) can only include Object types, it cannot include \(name.value).")
                    continue
                }
                union.members.append(member)
            }
        case (.enumeration(let enumeration), .enumeration(let values)):
            enumeration.appliedDirectives += node.directives
            for value in values {
                if enumeration.value(value.name.value) != nil {
                    errors.append("Enum value \"\(enumeration.name).\(value.name.value)\" can only be defined once.")
                }
                enumeration.values.append(
                    EnumValueDefinition(
                        name: value.name.value, description: value.description?.value,
                        deprecationReason: value.directives.deprecationReason,
                        appliedDirectives: value.directives))
            }
        case (.inputObject(let input), .inputObject(let fields)):
            input.appliedDirectives += node.directives
            input.isOneOf = input.isOneOf || node.directives.contains { $0.name.value == "oneOf" }
            input.fields += fields.map { self.inputValue($0, of: input.name) }
        default: errors.append("Cannot extend type \"\(type.name)\" as another kind of type.")
        }
    }

    private mutating func field(_ node: FieldDefinitionNode, of owner: String) -> FieldDefinition {
        let type = reference(node.type, of: "\(owner).\(node.name.value)")
        if !isOutput(type) { errors.append("The type of \(owner).\(node.name.value) must be Output Type but got: \(type).") }
        return FieldDefinition(
            name: node.name.value, description: node.description?.value,
            arguments: node.arguments.map { inputValue($0, of: "\(owner).\(node.name.value)") }, type: type,
            deprecationReason: node.directives.deprecationReason, appliedDirectives: node.directives)
    }

    private mutating func inputValue(_ node: InputValueDefinitionNode, of owner: String) -> InputValueDefinition {
        let type = reference(node.type, of: "\(owner).\(node.name.value)")
        if !type.namedType.isInput { errors.append("The type of \(owner).\(node.name.value) must be Input Type but got: \(type).") }
        return InputValueDefinition(
            name: node.name.value, description: node.description?.value, type: type, defaultLiteral: node.defaultValue,
            deprecationReason: node.directives.deprecationReason, appliedDirectives: node.directives)
    }

    private func isOutput(_ type: TypeReference) -> Bool {
        if case .inputObject = type.namedType { return false }
        return true
    }

    private mutating func reference(_ node: TypeNode, of owner: String) -> TypeReference {
        switch node {
        case .named(let name):
            if let type = types[name.value] { return .named(type) }
            errors.append("Unknown type \"\(name.value)\" at \(owner).")
            return .named(.scalar(ScalarType(name: name.value, coercion: .any)))
        case .list(let element, _): return .list(reference(element, of: owner))
        case .nonNull(let type): return .nonNull(reference(type, of: owner))
        }
    }

    // MARK: Checks that need all types

    private mutating func finishInput(_ name: String) {
        switch types[name] {
        case .object(let object)?:
            unique(object.fields.map(\.name), of: object.name)
            if object.fields.isEmpty { errors.append("Type \(object.name) must define one or more fields.") }
            for field in object.fields { for argument in field.arguments { coerceDefault(argument, "\(object.name).\(field.name)") } }
        case .interface(let interface)?:
            unique(interface.fields.map(\.name), of: interface.name)
            for field in interface.fields { for argument in field.arguments { coerceDefault(argument, "\(interface.name).\(field.name)") } }
        case .inputObject(let input)?:
            unique(input.fields.map(\.name), of: input.name)
            for field in input.fields { coerceDefault(field, input.name) }
        case .union(let union)?:
            if union.members.isEmpty { errors.append("Union type \(union.name) must define one or more member types.") }
        case .enumeration(let enumeration)?:
            if enumeration.values.isEmpty { errors.append("Enum type \(enumeration.name) must define one or more values.") }
        default: break
        }
    }

    private mutating func unique(_ names: [String], of owner: String) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted { errors.append("Field \"\(owner).\(name)\" can only be defined once.") }
    }

    private mutating func coerceDefault(_ definition: InputValueDefinition, _ owner: String) {
        guard let literal = definition.defaultLiteral else { return }
        do {
            definition.defaultValue = try InputCoercion.coerce(literal: literal, to: definition.type, variables: InputObject())
        } catch {
            errors.append("\(owner).\(definition.name) has invalid default value: \(error.message)")
        }
    }

    private mutating func checkImplementation(_ object: ObjectType, _ interface: InterfaceType) {
        for expected in interface.fields {
            guard let field = object.field(expected.name) else {
                errors.append("Interface field \(interface.name).\(expected.name) expected but \(object.name) does not provide it.")
                continue
            }
            if !isSubtype(field.type, of: expected.type) {
                errors.append(
                    "Interface field \(interface.name).\(expected.name) expects type \(expected.type) but \(object.name).\(field.name) is type \(field.type)."
                )
            }
            for argument in expected.arguments where field.argument(argument.name) == nil {
                errors.append(
                    "Interface field argument \(interface.name).\(expected.name)(\(argument.name):) expected but \(object.name).\(field.name) does not provide it."
                )
            }
        }
    }

    private func isSubtype(_ type: TypeReference, of expected: TypeReference) -> Bool {
        switch (type, expected) {
        case (.nonNull(let inner), .nonNull(let outer)): isSubtype(inner, of: outer)
        case (.nonNull(let inner), _): isSubtype(inner, of: expected)
        case (.list(let inner), .list(let outer)): isSubtype(inner, of: outer)
        case (.named(let inner), .named(.interface(let interface))):
            inner.name == interface.name || interface.implementations.contains { $0.name == inner.name }
        case (.named(let inner), .named(.union(let union))):
            inner.name == union.name || union.members.contains { $0.name == inner.name }
        case (.named(let inner), .named(let outer)): inner.name == outer.name
        default: false
        }
    }

    private mutating func schema() -> Schema? {
        var roots: [OperationKind: String] = [:]
        for node in schemaNodes { for operation in node.operationTypes { roots[operation.kind] = operation.type.value } }
        if schemaNodes.isEmpty { roots = [.query: "Query", .mutation: "Mutation", .subscription: "Subscription"] }
        func root(_ kind: OperationKind) -> ObjectType? {
            guard let name = roots[kind], case .object(let type)? = types[name] else { return nil }
            return type
        }
        guard let query = root(.query) else { return nil }
        let directives = self.directives.map { node in
            let definition = DirectiveDefinition(
                name: node.name.value, description: node.description?.value,
                arguments: node.arguments.map { inputValue($0, of: "@\(node.name.value)") }, isRepeatable: node.isRepeatable,
                locations: node.locations.map(\.value))
            for argument in definition.arguments { coerceDefault(argument, "@\(definition.name)") }
            return definition
        }
        return Schema(
            description: schemaNodes.first?.description?.value, queryType: query, mutationType: root(.mutation),
            subscriptionType: root(.subscription), types: order.compactMap { types[$0] }, directives: directives)
    }
}

extension [Directive] {
    /// Why something is deprecated, or nil when it is not.
    var deprecationReason: String? {
        guard contains(where: { $0.name.value == "deprecated" }) else { return nil }
        return stringArgument("deprecated", "reason") ?? "No longer supported"
    }

    func stringArgument(_ directive: String, _ argument: String) -> String? {
        guard let found = first(where: { $0.name.value == directive })?.arguments.first(where: { $0.name.value == argument }),
            case .string(let literal) = found.value
        else { return nil }
        return literal.value
    }
}
