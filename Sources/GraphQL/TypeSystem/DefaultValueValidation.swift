/// Checks that a schema's defaults are values of their types, and that none contains itself. Specification section
/// 3.10, "Type Validation".
struct DefaultValueValidation {
    private let assembly: SchemaAssembly
    private let report: (_ message: String, _ positions: [SourcePosition]) -> Void

    init(_ assembly: SchemaAssembly, report: @escaping (_ message: String, _ positions: [SourcePosition]) -> Void) {
        self.assembly = assembly
        self.report = report
    }

    func check() {
        for directive in assembly.directives {
            for argument in directive.arguments {
                check(argument, .directiveArgument(directive: directive.name, name: argument.name))
            }
        }
        var search = CircularReferences<InputField, InputField> { field in
            field.definition.defaultDependencies.map { (reference: field, target: $0) }
        }
        for type in assembly.types {
            switch type {
            case .object(let object): check(object.fields, of: object.name)
            case .interface(let interface): check(interface.fields, of: interface.name)
            case .inputObject(let object):
                for field in object.fields { check(field, .member(type: object.name, name: field.name)) }
                checkCycles(of: object, &search)
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

    /// Finds the fields whose defaults contain themselves through omitted fields.
    private func checkCycles(of object: InputObjectType, _ search: inout CircularReferences<InputField, InputField>) {
        for definition in object.fields where definition.defaultLiteral != nil {
            for cycle in search.cycles(from: InputField(object: object, definition: definition)) {
                let others = cycle.references.dropFirst().map(\.coordinate.description)
                let via = others.isEmpty ? "" : " via the default values of: \(others.joined(separator: ", "))"
                report(
                    "Invalid circular reference. The default value of Input Object field \(cycle.node.coordinate) references itself\(via).",
                    cycle.references.compactMap(\.definition.defaultLiteral?.position))
            }
        }
    }
}
