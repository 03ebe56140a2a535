internal import CustomerOS
package import GraphQL
internal import HTTP

/// What the server does with the body of a request before anything executes, without a server: for benchmarks.
package struct RequestCheck: Sendable {
    private let documents: DocumentCache
    private let limits: Limits

    package init(_ executable: ExecutableSchema, limits: Limits) {
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
            let known = try documents.document(request.query ?? "")
            let operation = try OperationDefinition.select(from: known.document, name: request.operationName)
            let prepared = try documents.prepare(operation, of: known, given: request.variables)
            return prepared.refusal.map { .refused([$0]) } ?? .planned(prepared.plan.operation)
        } catch let failure as GraphQLRequest.Failure {
            return .refused([failure.error])
        } catch DocumentCache.Failure.parse(let error) {
            return .refused([error])
        } catch DocumentCache.Failure.validation(let errors) {
            return .refused(errors)
        } catch let error as GraphQLError {
            return .refused([error])
        } catch {
            return .refused([GraphQLError("\(error)", code: .internal)])
        }
    }
}
