internal import CustomerOS
package import GraphQL
internal import HTTP

/// What the server does with the body of a request before anything executes, without a server: for benchmarks.
package struct RequestCheck: Sendable {
    private let executable: ExecutableSchema
    private let documents: DocumentCache

    /// The largest body that the server reads.
    package static var bodyLimit: Int { HTTPServerConfiguration(host: "", port: 0).bodyLimit }

    /// - Parameter limitsText: Whether a document's bytes and tokens are limited, as the server has it.
    package init(_ executable: ExecutableSchema, limitsText: Bool) {
        self.executable = executable
        var limits = DocumentCache.Limits()
        if !limitsText {
            limits.bytes = .max
            limits.parser.tokens = nil
        }
        documents = DocumentCache(executable, limits: limits)
    }

    /// What came of a request.
    package enum Outcome: Sendable {
        case refused([GraphQLError])
        case planned(PreparedOperation)
    }

    /// Reads, parses, validates, measures, coerces and plans.
    package func outcome(of body: [UInt8]) -> Outcome {
        do {
            let request = try GraphQLRequest(
                HTTPRequest(method: "POST", path: "/query", fields: [HTTPField("Content-Type", "application/json")], body: body))
            let known = try documents.document(request.query)
            let operation = try OperationDefinition.select(from: known.document, name: request.operationName)
            let variables = try VariableCoercion.coerce(
                request.variables, for: operation, schema: executable.schema, source: known.source)
            return .planned(try known.plan(operation, variables: variables).operation)
        } catch let failure as GraphQLRequest.Failure {
            return .refused([failure.error])
        } catch DocumentCache.Failure.parse(let error) {
            return .refused([error])
        } catch DocumentCache.Failure.validation(let errors) {
            return .refused(errors)
        } catch let failure as VariableCoercion.Failure {
            return .refused(failure.errors)
        } catch let error as GraphQLError {
            return .refused([error])
        } catch {
            return .refused([GraphQLError("\(error)", code: .internal)])
        }
    }
}
