/// The rules that the documents of a schema must keep before its types are made.
enum SchemaDocumentRules {
    static func check(_ definitions: [Definition], map: SourceMap) -> [GraphQLError] {
        let walker = SchemaDocumentWalker(definitions, map: map)
        walker.walk()
        return walker.errors
    }
}
