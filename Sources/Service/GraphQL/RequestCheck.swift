internal import CustomerOS
package import GraphQL
internal import HTTP

/// What the server does with a request's body before execution, without a server: for benchmarks.
package struct RequestCheck: Sendable {
    private let reader: RequestReader

    package init(_ executable: ExecutableSchema, limits: Limits) {
        reader = RequestReader(
            documents: DocumentCache(executable, limits: limits, suggests: true, allowsIntrospection: true),
            persisted: PersistedDocuments(trusted: nil, bytes: limits.persistedQueryBytes), limits: limits)
    }

    /// The outcome of a request.
    package enum Outcome: Sendable {
        case refused([GraphQLError])
        case planned(PreparedOperation)
    }

    /// Reads, parses, validates, checks limits, coerces, plans and computes the cost.
    package func outcome(of body: [UInt8]) -> Outcome {
        let request = HTTPRequest(method: "POST", path: "/query", fields: [HTTPField("Content-Type", "application/json")], body: body)
        var observed = RequestObservation(RequestIdentity(request), method: "POST", trace: nil)
        do {
            let caller = Principal(tenant: Principal.Tenant(id: 0, name: ""), roles: [])
            return .planned(try reader.read(request, of: caller, accepting: .json, &observed).prepared.plan.operation)
        } catch {
            return .refused(error.errors)
        }
    }
}
