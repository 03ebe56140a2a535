/// Owns the types of a schema, which refer to each other in cycles and in chains as long as a document. On deinit it
/// cuts these references: cycles would leak, and Swift frees a chain recursively, which overflows a thread's stack.
final class TypeOwner: Sendable {
    let types: [NamedType]

    init(_ types: [NamedType]) { self.types = types }

    deinit {
        for type in types { type.cutReferences() }
    }
}

extension NamedType {
    fileprivate func cutReferences() {
        switch self {
        case .object(let type):
            type.interfaces = []
            type.fields = []
        case .interface(let type):
            type.interfaces = []
            type.fields = []
            type.implementations = []
        case .union(let type): type.members = []
        case .inputObject(let type): type.fields = []
        case .scalar, .enumeration: break
        }
    }
}
