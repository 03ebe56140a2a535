internal import CustomerOS
package import GraphQL
internal import HTTP

/// What the server does with the body of a request before anything executes, without a server: for benchmarks.
package struct RequestCheck: Sendable {
    private let executable: ExecutableSchema
    private let documents: DocumentCache
    private let limits: Limits

    package init(_ executable: ExecutableSchema, limits: Limits) {
        self.executable = executable
        self.limits = limits
        documents = DocumentCache(executable, limits: limits, suggests: true, allowsIntrospection: true)
    }

    /// What came of a request.
    package enum Outcome: Sendable {
        case refused([GraphQLError])
        case planned(PreparedOperation)
    }

    /// Reads, parses, validates, measures, coerces, plans and counts the cost.
    package func outcome(of body: [UInt8]) -> Outcome {
        do {
            let request = try GraphQLRequest(
                HTTPRequest(method: "POST", path: "/query", fields: [HTTPField("Content-Type", "application/json")], body: body),
                limits: limits)
            let text = request.query ?? ""
            let known = try documents.document(text)
            let operation = try OperationDefinition.select(from: known.document, name: request.operationName)
            let variables = try VariableCoercion.coerce(
                request.variables, for: operation, schema: executable.schema, source: known.source)
            let plan = try documents.plan(operation, of: known, text: text, variables: variables).operation
            let cost = plan.cost(variables: variables)
            return cost > limits.cost ? .refused([.limit("cost", "The cost is \(cost).", limits.cost)]) : .planned(plan)
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
