/// Checks that a schema's types are valid together. Specification section 3, "Type Validation" of each kind.
struct SchemaValidation {
    private let assembly: SchemaAssembly
    private let map: SourceMap
    private var errors: [GraphQLError] = []
    /// The directives that refer to themselves.
    private let cyclicDirectives: Set<String>
    private var inputCycles: CircularReferences<String, InputValueDefinitionNode>
    /// The interfaces of an object or interface, or the members of a union; filled on demand.
    private var namesByType: [String: Set<String>] = [:]

    static func check(_ assembly: SchemaAssembly, map: SourceMap) -> [GraphQLError] {
        var validation = SchemaValidation(assembly: assembly, map: map)
        validation.checkRootTypes()
        for node in assembly.index.directives { validation.check(node) }
        for node in assembly.index.types where !BuiltInDefinitions.introspectionNames.contains(node.name.value) {
            validation.check(node)
        }
        DefaultValueValidation(assembly) { validation.report($0, $1) }.check()
        AppliedDirectiveValidation(assembly) { validation.report($0, [$1]) }.check()
        for directive in assembly.unknownKinds {
            validation.report("There is no rule for values of the kind that @\(directive.name.value) names.", [directive.position])
        }
        // Some tools accept this, so it is reported only if nothing else is wrong.
        if validation.errors.isEmpty { validation.checkRootTypesDiffer() }
        return validation.errors
    }

    private init(assembly: SchemaAssembly, map: SourceMap) {
        self.assembly = assembly
        self.map = map
        cyclicDirectives = DirectiveCycles.names(in: assembly.index)
        inputCycles = CircularReferences { [index = assembly.index] in Self.needs(of: $0, in: index) }
    }

    private mutating func report(_ message: String, _ positions: [SourcePosition?]) {
        errors.append(map.error(message, positions.compactMap { $0 }))
    }

    private func type(_ name: String) -> NamedType? { assembly.typesByName[name] }

    private func node(_ name: String) -> TypeDefinitionNode? { assembly.index.type(name) }

    private func places(_ node: TypeDefinitionNode) -> [SourcePosition?] {
        [node.position] + (assembly.index.extensions[node.name.value] ?? [])
    }

    private mutating func checkRootTypes() {
        if assembly.rootName(.query) == nil { report("Query root type must be provided.", [assembly.index.schemaPosition]) }
        for kind in [OperationKind.query, .mutation, .subscription] {
            guard let name = assembly.rootName(kind), let type = type(name) else { continue }
            if case .object = type { continue }
            let title = kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()
            let position = assembly.index.operationTypes.last { $0.kind == kind }?.type.position ?? node(name)?.position
            report("\(title) root type must be Object type\(kind == .query ? "" : " if provided"), it cannot be \(name).", [position])
        }
    }

    private mutating func checkRootTypesDiffer() {
        var uses: [(type: String, kinds: [OperationKind])] = []
        for kind in [OperationKind.query, .mutation, .subscription] {
            guard let name = assembly.rootName(kind) else { continue }
            if let index = uses.firstIndex(where: { $0.type == name }) {
                uses[index].kinds.append(kind)
            } else {
                uses.append((name, [kind]))
            }
        }
        for (type, kinds) in uses where kinds.count > 1 {
            let names = kinds.map(\.rawValue)
            let list = names.count == 2 ? names.joined(separator: " and ") : names.dropLast().joined(separator: ", ") + ", and " + names[2]
            report(
                "All root types must be different, \"\(type)\" type is used as \(list) root types.",
                kinds.map { kind in assembly.index.operationTypes.last { $0.kind == kind }?.type.position })
        }
    }

    private mutating func checkName(_ name: Name, _ position: SourcePosition) {
        if name.value.hasPrefix("__") {
            report("Name \"\(name.value)\" must not begin with \"__\", which is reserved by GraphQL introspection.", [position])
        }
    }

    private func isInput(_ node: TypeNode) -> Bool { assembly.reference(node)?.namedType.isInput ?? true }

    private mutating func check(_ directive: DirectiveDefinitionNode) {
        checkName(directive.name, directive.position)
        if cyclicDirectives.contains(directive.name.value) {
            report("Directive \"@\(directive.name.value)\" must not refer to itself.", [directive.position])
        }
        for argument in directive.arguments {
            let title = "@\(directive.name.value)(\(argument.name.value):)"
            checkName(argument.name, argument.position)
            if !isInput(argument.type) {
                report("The type of \(title) must be Input Type but got: \(DocumentPrinter.text(argument.type)).", [argument.position])
            }
            checkDeprecation(argument, "Required argument \(title) cannot be deprecated.")
        }
    }

    private mutating func checkDeprecation(_ value: InputValueDefinitionNode, _ message: String) {
        guard case .nonNull = value.type, value.defaultValue == nil,
            let directive = value.directives.first(where: { $0.name.value == "deprecated" })
        else { return }
        report(message, [directive.position, value.type.position])
    }

    private mutating func check(_ node: TypeDefinitionNode) {
        let name = node.name.value
        checkName(node.name, node.position)
        switch node.kind {
        case .scalar: break
        case .object(let interfaces, let fields), .interface(let interfaces, let fields):
            checkFields(fields, of: node)
            checkInterfaces(interfaces, fields, of: node)
        case .union(let members): checkMembers(members, of: node)
        case .enumeration(let values):
            if values.isEmpty { report("Enum type \(name) must define one or more values.", places(node)) }
            for value in values { checkName(value.name, value.position) }
        case .inputObject(let fields):
            checkInputFields(fields, of: node)
            checkCycles(from: node)
        }
    }

    private mutating func checkFields(_ fields: [FieldDefinitionNode], of node: TypeDefinitionNode) {
        if fields.isEmpty { report("Type \(node.name.value) must define one or more fields.", places(node)) }
        for field in fields {
            let title = "\(node.name.value).\(field.name.value)"
            checkName(field.name, field.position)
            if case .inputObject? = assembly.reference(field.type)?.namedType {
                report("The type of \(title) must be Output Type but got: \(DocumentPrinter.text(field.type)).", [field.type.position])
            }
            for argument in field.arguments {
                let title = "\(title)(\(argument.name.value):)"
                checkName(argument.name, argument.position)
                if !isInput(argument.type) {
                    report(
                        "The type of \(title) must be Input Type but got: \(DocumentPrinter.text(argument.type)).",
                        [argument.type.position])
                }
                checkDeprecation(argument, "Required argument \(title) cannot be deprecated.")
            }
        }
    }

    private mutating func checkMembers(_ members: [Name], of node: TypeDefinitionNode) {
        let union = node.name.value
        if members.isEmpty { report("Union type \(union) must define one or more member types.", places(node)) }
        var seen: Set<String> = []
        let places = members.positions
        for member in members {
            let positions = places[member.value] ?? []
            if !seen.insert(member.value).inserted {
                report("Union type \(union) can only include type \(member.value) once.", positions)
                continue
            }
            if case .object? = type(member.value) { continue }
            report("Union type \(union) can only include Object types, it cannot include \(member.value).", positions)
        }
    }

    private mutating func checkInputFields(_ fields: [InputValueDefinitionNode], of node: TypeDefinitionNode) {
        if fields.isEmpty { report("Input Object type \(node.name.value) must define one or more fields.", places(node)) }
        let isOneOf = node.directives.contains { $0.name.value == "oneOf" }
        for field in fields {
            let title = "\(node.name.value).\(field.name.value)"
            checkName(field.name, field.position)
            if !isInput(field.type) {
                report("The type of \(title) must be Input Type but got: \(DocumentPrinter.text(field.type)).", [field.type.position])
            }
            checkDeprecation(field, "Required input field \(title) cannot be deprecated.")
            guard isOneOf else { continue }
            if case .nonNull = field.type { report("OneOf input field \(title) must be nullable.", [field.type.position]) }
            if field.defaultValue != nil { report("OneOf input field \(title) cannot have a default value.", [field.position]) }
        }
    }

    // MARK: Interfaces

    private mutating func checkInterfaces(_ interfaces: [Name], _ fields: [FieldDefinitionNode], of node: TypeDefinitionNode) {
        let name = node.name.value
        var seen: Set<String> = []
        let allPlaces = interfaces.positions
        let fieldsByName = Dictionary(fields.map { ($0.name.value, $0) }) { first, _ in first }
        for interface in interfaces {
            let places = allPlaces[interface.value] ?? []
            guard case .interface? = type(interface.value), let definition = self.node(interface.value),
                case .interface(let inherited, let interfaceFields) = definition.kind
            else {
                report("Type \(name) must only implement Interface types, it cannot implement \(interface.value).", places)
                continue
            }
            if interface.value == name {
                report("Type \(name) cannot implement itself because it would create a circular reference.", places)
                continue
            }
            if !seen.insert(interface.value).inserted {
                report("Type \(name) can only implement \(interface.value) once.", places)
                continue
            }
            let inheritedPlaces = inherited.positions
            for ancestor in inherited where allPlaces[ancestor.value] == nil {
                let above = inheritedPlaces[ancestor.value] ?? []
                report(
                    ancestor.value == name
                        ? "Type \(name) cannot implement \(interface.value) because it would create a circular reference."
                        : "Type \(name) must implement \(ancestor.value) because it is implemented by \(interface.value).",
                    above + places)
            }
            for expected in interfaceFields { checkField(expected, of: interface.value, in: fieldsByName, of: node) }
        }
    }

    private mutating func checkField(
        _ expected: FieldDefinitionNode, of interface: String, in fields: [String: FieldDefinitionNode], of node: TypeDefinitionNode
    ) {
        let title = "\(interface).\(expected.name.value)"
        let name = node.name.value
        guard let field = fields[expected.name.value] else {
            report("Interface field \(title) expected but \(name) does not provide it.", [expected.position] + places(node))
            return
        }
        let fieldTitle = "\(name).\(field.name.value)"
        if !isSubtype(field.type, of: expected.type) {
            report(
                "Interface field \(title) expects type \(DocumentPrinter.text(expected.type)) but \(fieldTitle) is type \(DocumentPrinter.text(field.type)).",
                [expected.type.position, field.type.position])
        }
        let arguments = Dictionary(field.arguments.map { ($0.name.value, $0) }) { first, _ in first }
        for argument in expected.arguments {
            let argumentTitle = "(\(argument.name.value):)"
            guard let given = arguments[argument.name.value] else {
                report(
                    "Interface field argument \(title)\(argumentTitle) expected but \(fieldTitle) does not provide it.",
                    [argument.position, field.position])
                continue
            }
            let (wanted, got) = (DocumentPrinter.text(argument.type), DocumentPrinter.text(given.type))
            if wanted != got {
                report(
                    "Interface field argument \(title)\(argumentTitle) expects type \(wanted) but \(fieldTitle)\(argumentTitle) is type \(got).",
                    [argument.type.position, given.type.position])
            }
        }
        let expectedArguments = Set(expected.arguments.map(\.name.value))
        for argument in field.arguments where !expectedArguments.contains(argument.name.value) {
            guard case .nonNull = argument.type, argument.defaultValue == nil else { continue }
            report(
                "Object field \(fieldTitle) includes required argument \(argument.name.value) that is missing from the Interface field \(title).",
                [argument.position, expected.position])
        }
        let isDeprecated: (Directive) -> Bool = { $0.name.value == "deprecated" }
        if let directive = field.directives.first(where: isDeprecated), !expected.directives.contains(where: isDeprecated) {
            report(
                "Interface field \(title) is not deprecated, so implementation field \(fieldTitle) must not be deprecated.",
                [directive.position, field.type.position])
        }
    }

    private mutating func isSubtype(_ type: TypeNode, of expected: TypeNode) -> Bool {
        switch (type, expected) {
        case (.nonNull(let type), .nonNull(let expected)): return isSubtype(type, of: expected)
        case (.nonNull(let type), _): return isSubtype(type, of: expected)
        case (.list(let type, _), .list(let expected, _)): return isSubtype(type, of: expected)
        case (.named(let type), .named(let expected)):
            if type.value == expected.value { return true }
            switch (node(type.value)?.kind, node(expected.value)?.kind) {
            case (.object?, .union(let members)?): return names(members, of: expected.value).contains(type.value)
            case (.object(let interfaces, _)?, .interface?), (.interface(let interfaces, _)?, .interface?):
                return names(interfaces, of: type.value).contains(expected.value)
            default: return false
            }
        default: return false
        }
    }

    private mutating func names(_ names: [Name], of type: String) -> Set<String> {
        if let known = namesByType[type] { return known }
        let set = Set(names.map(\.value))
        namesByType[type] = set
        return set
    }

    // MARK: Input objects that need themselves

    private typealias InputReference = (reference: InputValueDefinitionNode, target: String)

    private mutating func checkCycles(from node: TypeDefinitionNode) {
        for cycle in inputCycles.cycles(from: node.name.value) {
            let fields = cycle.references.map(\.name.value).joined(separator: ".")
            report(
                "Cannot reference Input Object \"\(cycle.node)\" within itself through a series of non-null fields: \"\(fields)\".",
                cycle.references.map(\.position))
        }
    }

    /// The input objects that a value of this one requires.
    private static func needs(of type: String, in index: DefinitionIndex) -> [InputReference] {
        guard case .inputObject(let fields)? = index.type(type)?.kind else { return [] }
        return fields.compactMap { field in
            guard case .nonNull(.named(let target)) = field.type, case .inputObject? = index.type(target.value)?.kind else { return nil }
            return (field, target.value)
        }
    }
}

extension [Name] {
    /// The first ten positions of each name: a name may be repeated thousands of times, and each is an error with its
    /// positions.
    fileprivate var positions: [String: [SourcePosition?]] {
        var positions: [String: [SourcePosition?]] = [:]
        for name in self where positions[name.value, default: []].count < 10 { positions[name.value, default: []].append(name.position) }
        return positions
    }
}
