/// Finds directives whose definitions refer to themselves: by a directive on one of their arguments, or on a member of
/// an argument's type. Specification section 3.13, "Type Validation".
///
/// A directive on a type as a whole passes, as in graphql-js: describing a scalar by a directive that takes that scalar
/// is harmless.
enum DirectiveCycles {
    /// The names of the directives that refer to themselves.
    static func names(in index: DefinitionIndex) -> Set<String> {
        var directives: [String: Int] = [:]
        for (number, directive) in index.directives.enumerated() { directives[directive.name.value] = number }
        var types: [String: Int] = [:]
        for (number, type) in index.types.enumerated() { types[type.name.value] = index.directives.count + number }

        func successors(_ applied: [Directive]) -> [Int] { applied.compactMap { directives[$0.name.value] } }
        func successors(_ values: [InputValueDefinitionNode]) -> [Int] {
            values.flatMap { value in successors(value.directives) + [types[value.type.name]].compactMap(\.self) }
        }
        let graph = DirectedGraph(
            successors: index.directives.map { successors($0.arguments) }
                + index.types.map { type in
                    switch type.kind {
                    case .inputObject(let fields): successors(fields)
                    case .enumeration(let values): values.flatMap { successors($0.directives) }
                    case .scalar, .object, .interface, .union: []
                    }
                })
        let cycles = graph.nodesOnCycles
        return Set(index.directives.enumerated().filter { cycles.contains($0.offset) }.map(\.element.name.value))
    }
}

extension TypeNode {
    /// The name within lists and non-null.
    var name: String {
        switch self {
        case .named(let name): name.value
        case .list(let type, _), .nonNull(let type): type.name
        }
    }
}
