/// Whether the defaults of a schema are values of their types, and none contains itself. Specification section 3.10, "Type
/// Validation".
struct DefaultValueValidation {
    private let assembly: SchemaAssembly
    private let report: (_ message: String, _ positions: [SourcePosition]) -> Void
    private var path: [(coordinate: SchemaCoordinate, position: SourcePosition)] = []
    private var finished: Set<SchemaCoordinate> = []

    init(_ assembly: SchemaAssembly, report: @escaping (_ message: String, _ positions: [SourcePosition]) -> Void) {
        self.assembly = assembly
        self.report = report
    }

    mutating func check() {
        for directive in assembly.directives {
            for argument in directive.arguments {
                check(argument, .directiveArgument(directive: directive.name, name: argument.name))
            }
        }
        for type in assembly.types {
            switch type {
            case .object(let object): check(object.fields, of: object.name)
            case .interface(let interface): check(interface.fields, of: interface.name)
            case .inputObject(let object):
                for field in object.fields { check(field, .member(type: object.name, name: field.name)) }
                checkCycles(of: object, given: [])
            case .scalar, .union, .enumeration: break
            }
        }
    }

    private func check(_ fields: [FieldDefinition], of type: String) {
        for field in fields {
            for argument in field.arguments { check(argument, .argument(type: type, field: field.name, name: argument.name)) }
        }
    }

    private func check(_ value: InputValueDefinition, _ coordinate: SchemaCoordinate) {
        guard let literal = value.defaultLiteral else { return }
        let check = LiteralCheck(
            suggestion: { Suggestions.sentence($0, among: $1, of: $2) },
            report: { report("\(coordinate) has invalid default value: \($0)", [$1]) })
        check.check(literal, value.type)
    }

    /// Follows the defaults that come in where an object is given with `fields` only.
    private mutating func checkCycles(of object: InputObjectType, given fields: [ObjectField]) {
        for definition in object.fields {
            if let field = fields.first(where: { $0.name.value == definition.name }) {
                checkCycles(in: field.value, for: definition.type)
            } else {
                checkCycle(of: definition, .member(type: object.name, name: definition.name))
            }
        }
    }

    private mutating func checkCycles(in value: Value, for type: TypeReference) {
        switch value {
        case .list(let values, _):
            guard case .list(let element) = type.nullable else { return }
            for value in values { checkCycles(in: value, for: element) }
        case .object(let fields, _):
            if case .inputObject(let object) = type.namedType { checkCycles(of: object, given: fields) }
        default: break
        }
    }

    private mutating func checkCycle(of definition: InputValueDefinition, _ coordinate: SchemaCoordinate) {
        guard let literal = definition.defaultLiteral, case .inputObject = definition.type.namedType else { return }
        if let start = path.firstIndex(where: { $0.coordinate == coordinate }) {
            let others = path[(start + 1)...].map(\.coordinate.description)
            let via = others.isEmpty ? "" : " via the default values of: \(others.joined(separator: ", "))"
            report(
                "Invalid circular reference. The default value of Input Object field \(coordinate) references itself\(via).",
                path[start...].map(\.position))
            return
        }
        guard finished.insert(coordinate).inserted, path.count < 1000 else { return }
        path.append((coordinate, literal.position))
        checkCycles(in: literal, for: definition.type)
        path.removeLast()
    }
}
