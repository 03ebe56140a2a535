/// Finds directives whose definitions refer to themselves: by a directive on one of their arguments, or on a member of what an
/// argument's type is made of. Specification section 3.13, "Type Validation".
///
/// A directive on a type as a whole is let pass, as graphql-js lets it: whoever describes a scalar by a directive that takes that
/// scalar has harmed nobody.
struct DirectiveCycles {
    private let index: DefinitionIndex
    private var visited: Set<String> = []

    init(_ index: DefinitionIndex) { self.index = index }

    mutating func contains(_ directive: DirectiveDefinitionNode) -> Bool {
        visited = []
        return directive.arguments.contains { refers($0, to: directive.name.value) }
    }

    private mutating func refers(_ value: InputValueDefinitionNode, to name: String) -> Bool {
        if refers(value.directives, to: name) { return true }
        return refers(index.type(value.type.name), to: name)
    }

    private mutating func refers(_ directives: [Directive], to name: String) -> Bool {
        for directive in directives {
            if directive.name.value == name { return true }
            guard visited.insert("@" + directive.name.value).inserted,
                let definition = index.directives.first(where: { $0.name.value == directive.name.value })
            else { continue }
            for argument in definition.arguments where refers(argument, to: name) { return true }
        }
        return false
    }

    private mutating func refers(_ type: TypeDefinitionNode?, to name: String) -> Bool {
        guard let type, visited.insert(type.name.value).inserted else { return false }
        switch type.kind {
        case .inputObject(let fields):
            for field in fields where refers(field, to: name) { return true }
        case .enumeration(let values):
            for value in values where refers(value.directives, to: name) { return true }
        case .scalar, .object, .interface, .union: break
        }
        return false
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
