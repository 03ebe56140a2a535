internal import GraphQL

/// A field of the query or mutation type.
enum RootField: Sendable, Hashable {
    case query(String)
    case mutation(String)

    var name: String {
        switch self {
        case .query(let name), .mutation(let name): name
        }
    }

    /// What the schema says of it, if it has such a field.
    func definition(in schema: Schema) -> FieldDefinition? {
        switch self {
        case .query(let name): schema.queryType.field(name)
        case .mutation(let name): schema.mutationType?.field(name)
        }
    }
}
