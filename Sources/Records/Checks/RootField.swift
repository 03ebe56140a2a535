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

    /// Its definition in the schema, if there is one.
    func definition(in schema: Schema) -> FieldDefinition? {
        switch self {
        case .query(let name): schema.queryType.field(name)
        case .mutation(let name): schema.mutationType?.field(name)
        }
    }
}
