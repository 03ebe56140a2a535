/// The rules on definitions: names, fragment cycles. Specification sections 5.1, 5.2 and 5.5.
struct DefinitionRules {
    private let context: ValidationContext

    init(_ context: ValidationContext) { self.context = context }

    func check() {
        checkDefinitions()
        checkOperations()
        checkFragments()
    }

    private func checkDefinitions() {
        for case .typeSystem(let definition) in context.document.definitions {
            let (name, position): (String, SourcePosition) =
                switch definition {
                case .schema(let node): ("schema", node.position)
                case .type(let node): ("\"\(node.name.value)\"", node.position)
                case .directive(let node): ("\"\(node.name.value)\"", node.position)
                }
            context.report("The \(name) definition is not executable.", at: position)
        }
    }

    private func checkOperations() {
        var seen: [String: Name] = [:]
        for operation in context.operations {
            if context.schema.rootType(for: operation.kind) == nil {
                context.report("The \(operation.kind.rawValue) operation is not supported by the schema.", at: operation.position)
            }
            guard let name = operation.name else {
                if context.operations.count > 1 {
                    context.report("This anonymous operation must be the only defined operation.", at: operation.position)
                }
                continue
            }
            if let first = seen[name.value] {
                context.report("There can be only one operation named \"\(name.value)\".", at: first.position, name.position)
            } else {
                seen[name.value] = name
            }
        }
    }

    private func checkFragments() {
        var seen: [String: Name] = [:]
        for fragment in context.fragmentList {
            let name = fragment.name
            if let first = seen[name.value] {
                context.report("There can be only one fragment named \"\(name.value)\".", at: first.position, name.position)
            } else {
                seen[name.value] = name
            }
        }
    }
}
