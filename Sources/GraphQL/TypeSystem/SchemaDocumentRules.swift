/// The rules that a schema's documents must satisfy before its types are made.
enum SchemaDocumentRules {
    static func check(_ definitions: [Definition], map: SourceMap) -> [GraphQLError] {
        let walker = SchemaDocumentWalker(definitions, map: map)
        walker.walk()
        return walker.errors
    }
}
