/// Checks that the arguments of a schema's directives are values of their types. Which are known and required is
/// checked by the document rules. Specification section 3.13.
struct AppliedDirectiveValidation {
    private let assembly: SchemaAssembly
    private let arguments: [String: [String: InputValueDefinition]]
    private let literals: LiteralCheck

    init(_ assembly: SchemaAssembly, report: @escaping (_ message: String, _ position: SourcePosition) -> Void) {
        self.assembly = assembly
        arguments = Dictionary(assembly.directives.map { ($0.name, $0.arguments.byName) }) { first, _ in first }
        literals = LiteralCheck(suggestion: { Suggestions.sentence($0, among: $1, of: $2) }, report: report)
    }

    func check() {
        check(assembly.index.schemaDirectives)
        for directive in assembly.index.directives { check(directive.arguments) }
        for type in assembly.index.types {
            check(type.directives)
            switch type.kind {
            case .scalar, .union: break
            case .object(_, let fields), .interface(_, let fields):
                for field in fields {
                    check(field.directives)
                    check(field.arguments)
                }
            case .enumeration(let values): for value in values { check(value.directives) }
            case .inputObject(let fields): check(fields)
            }
        }
    }

    private func check(_ values: [InputValueDefinitionNode]) {
        for value in values { check(value.directives) }
    }

    private func check(_ applied: [Directive]) {
        for directive in applied {
            guard let definitions = arguments[directive.name.value] else { continue }
            for argument in directive.arguments {
                if let definition = definitions[argument.name.value] { literals.check(argument.value, definition.type) }
            }
        }
    }
}

extension [InputValueDefinition] {
    fileprivate var byName: [String: InputValueDefinition] { Dictionary(map { ($0.name, $0) }) { first, _ in first } }
}
