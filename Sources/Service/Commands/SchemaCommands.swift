internal import CustomerOS
internal import Glibc
internal import GraphQL

/// The commands on the GraphQL schema.
enum SchemaCommands {
    static let all = [
        Command(
            "schema print", "Print the served GraphQL schema; with --json as the answer to the usual introspection query."
        ) { arguments in
            let executable = try API.executableSchema()
            let text = arguments.flag("json") == true ? try introspection(of: executable) : SchemaPrinter.text(executable.schema)
            CommandLineInterface.write(text, to: STDOUT_FILENO)
        },
        SchemaDiff.command,
    ]

    private static func introspection(of executable: ExecutableSchema) throws -> String {
        let documents = DocumentCache(executable, limits: Limits(), suggests: true, allowsIntrospection: true)
        let known = try documents.document(query)
        let operation = try OperationDefinition.select(from: known.document, name: nil)
        let request = try documents.prepare(operation, of: known, given: InputObject([]))
        let bytes = try Waiting.run {
            let buffer = ResponseBuffer()
            _ = await Executor().execute(
                request.plan.operation, variables: request.variables, host: SchemaHost(), into: buffer)
            return buffer.bytes
        }
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }

    /// Introspection needs no host.
    private final class SchemaHost: ExecutionHost {
        func resolve(_ calls: [FieldCall]) async {}

        func refusal(of field: FieldDefinition) -> FieldError? { nil }
    }

    /// graphql-js's `getIntrospectionQuery` with all options.
    private static let query = """
        query IntrospectionQuery {
          __schema {
            description
            queryType { name }
            mutationType { name }
            subscriptionType { name }
            types { ...FullType }
            directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
          }
        }
        fragment FullType on __Type {
          kind name description specifiedByURL isOneOf
          fields(includeDeprecated: true) {
            name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason
          }
          inputFields(includeDeprecated: true) { ...InputValue }
          interfaces { ...TypeRef }
          enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
          possibleTypes { ...TypeRef }
        }
        fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
        fragment TypeRef on __Type {
          kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
        }
        """
}
