internal import CustomerOS
internal import EventLoop
internal import GraphQL
internal import Memory

/// Documents that a request may name instead of sending: trusted documents, listed by the operator, and automatic
/// persisted queries, sent by clients before (Apollo's protocol).
final class PersistedDocuments: Sendable {
    private let trusted: TrustedDocuments?
    private let automatic: Lock<LeastRecentlyUsed<String, String>>
    /// Touched only within the lock.
    private let memory: MemoryReservation?

    /// - Parameters:
    ///   - trusted: If there is a list, nothing else is served.
    ///   - memory: Counts what clients have sent.
    init(trusted: TrustedDocuments?, bytes: Int, memory: MemoryReservation? = nil) {
        self.memory = memory
        self.trusted = trusted
        automatic = Lock(LeastRecentlyUsed(limit: bytes))
    }

    /// The text of the document that a request means.
    func text(of request: GraphQLRequest) throws(GraphQLRequest.Failure) -> String {
        if let trusted { return try text(of: request, from: trusted) }
        if let hash = request.documentHash {
            guard let query = request.query else {
                guard let known = automatic.withLock({ $0.value(for: hash) }) else { throw Self.notFound }
                return known
            }
            guard SHA256.text(query) == hash else {
                throw GraphQLRequest.malformed("provided sha does not match query")
            }
            keep(query, hash)
            return query
        }
        if let query = request.query { return query }
        guard request.documentId == nil else { throw Self.notFound }
        throw GraphQLRequest.malformed("The member \"query\" must be a string.")
    }

    private func keep(_ query: String, _ hash: String) {
        let cost = query.utf8.count + 128
        automatic.withLock { known in
            guard memory?.grow(.documents, by: cost) ?? true else { return }
            known.insert(query, for: hash, cost: cost)
            memory?.shrink(.documents, to: known.cost)
        }
    }

    private func text(of request: GraphQLRequest, from trusted: TrustedDocuments) throws(GraphQLRequest.Failure) -> String {
        if let id = request.documentId ?? request.documentHash {
            guard let text = trusted.text(named: id) else { throw Self.notFound }
            return text
        }
        guard let query = request.query else {
            throw GraphQLRequest.malformed("Name an operation of the server's list by \"documentId\".")
        }
        guard trusted.contains(query) else {
            throw GraphQLRequest.Failure(
                status: 403, error: GraphQLError("Only operations of the server's list are served.", code: .forbidden))
        }
        return query
    }

    /// Clients resend the text on this message and code.
    private static var notFound: GraphQLRequest.Failure {
        GraphQLRequest.Failure(
            status: 422, error: GraphQLError("PersistedQueryNotFound", code: .persistedQueryNotFound), isPersistedQueryMiss: true)
    }
}
