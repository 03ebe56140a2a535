/// Coerces the defaults of arguments and input fields to their types. Specification section 3.12.
struct DefaultCoercion {
    /// How deep defaults may nest through omitted fields. A deeper default gets no value: freeing it would need that
    /// much of the thread's stack.
    private static let nestingLimit = 1000

    /// The nesting depth of each definition's default, itself included.
    private var depths: [ObjectIdentifier: Int] = [:]
    private var visited: Set<ObjectIdentifier> = []

    /// Gives `definition` its default's value, after those it depends on. It gets none if the literal is not a value of
    /// the type, or contains itself; schema validation reports both.
    mutating func coerce(_ definition: InputValueDefinition) {
        // A chain of defaults may be as long as a document.
        var stack: [(definition: InputValueDefinition, dependencies: [InputField], next: Int)] = []
        func enter(_ definition: InputValueDefinition, _ visited: inout Set<ObjectIdentifier>) {
            guard definition.defaultLiteral != nil, visited.insert(ObjectIdentifier(definition)).inserted else { return }
            stack.append((definition, definition.defaultDependencies, 0))
        }
        enter(definition, &visited)
        while !stack.isEmpty {
            let top = stack.count - 1
            let (definition, dependencies, next) = stack[top]
            if next < dependencies.count {
                stack[top].next += 1
                enter(dependencies[next].definition, &visited)
            } else {
                stack.removeLast()
                finish(definition, dependencies)
            }
        }
    }

    private mutating func finish(_ definition: InputValueDefinition, _ dependencies: [InputField]) {
        let depth = 1 + (dependencies.map { depths[ObjectIdentifier($0.definition)] ?? 0 }.max() ?? 0)
        depths[ObjectIdentifier(definition)] = depth
        guard depth <= Self.nestingLimit, let literal = definition.defaultLiteral else { return }
        definition.defaultValue = (try? LiteralCoercion.coerce(literal, to: definition.type, variables: InputObject())) ?? nil
    }
}
