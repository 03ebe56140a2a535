extension Schema {
    /// The type that a document refers to, or nil if its name is unknown.
    func reference(_ node: TypeNode) -> TypeReference? {
        switch node {
        case .named(let name): type(name).map { .named($0) }
        case .list(let node, _): reference(node).map { .list($0) }
        case .nonNull(let node): reference(node).map { .nonNull($0) }
        }
    }

    /// Whether every value of `type` is one of `expected`.
    func isSubtype(_ type: TypeReference, of expected: TypeReference) -> Bool {
        switch (type, expected) {
        case (.nonNull(let type), .nonNull(let expected)): isSubtype(type, of: expected)
        case (.nonNull(let type), _): isSubtype(type, of: expected)
        case (.list(let type), .list(let expected)): isSubtype(type, of: expected)
        case (.named(let type), .named(let expected)): type.name == expected.name
        default: false
        }
    }
}
