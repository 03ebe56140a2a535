internal import CustomerOS
internal import GraphQL
internal import HTTP
internal import Memory
internal import Telemetry

/// Reads a request as far as possible without a database: JSON, document, operation, variables, plan and cost.
struct RequestReader: Sendable {
    let documents: DocumentCache
    let persisted: PersistedDocuments
    let limits: Limits

    /// A request that can be executed.
    struct Readout: Sendable {
        let request: GraphQLRequest
        let known: KnownDocument
        let prepared: DocumentCache.PreparedRequest
    }

    /// - Parameters:
    ///   - principal: Nil if the request has no key: then only introspection is allowed.
    ///   - observed: Records what is known about the request, even if it is refused.
    func read(
        _ httpRequest: HTTPRequest, of principal: Principal?, accepting mediaType: MediaType, memory: MemoryReservation? = nil,
        _ observed: inout RequestObservation
    ) throws(RequestRefusal) -> Readout {
        let (request, text) = try message(httpRequest, mediaType)
        observed.document = text
        let known: KnownDocument
        do {
            known = try documents.document(text, memory: memory, trace: observed.trace)
        } catch {
            if principal == nil { throw .withoutKey }
            throw RequestRefusal(error, for: mediaType)
        }
        if principal == nil, !known.asksOnlyAboutSchema { throw .withoutKey }
        let operation: OperationDefinition
        do {
            operation = try OperationDefinition.select(from: known.document, name: request.operationName)
        } catch {
            throw RequestRefusal(status: 422, errors: [error])
        }
        try judge(operation, httpRequest, principal)
        observed.record.operationType = operation.kind.rawValue
        observed.record.operationName = operation.name?.value
        let prepared: DocumentCache.PreparedRequest
        do {
            prepared = try documents.prepare(operation, of: known, given: request.variables, memory: memory)
        } catch {
            throw RequestRefusal(error, for: mediaType)
        }
        observed.record.rootFields = prepared.plan.operation.rootCoordinates
        if let refusal = prepared.refusal { throw RequestRefusal(status: 422, errors: [refusal]) }
        return Readout(request: request, known: known, prepared: prepared)
    }

    private func message(
        _ httpRequest: HTTPRequest, _ mediaType: MediaType
    ) throws(RequestRefusal) -> (request: GraphQLRequest, text: String) {
        do throws(GraphQLRequest.Failure) {
            let request = try GraphQLRequest(httpRequest.method == "HEAD" ? httpRequest.asGET : httpRequest, limits: limits)
            return (request, try persisted.text(of: request))
        } catch {
            throw RequestRefusal(error, for: mediaType)
        }
    }

    /// Checks whether method and key allow the operation.
    private func judge(_ operation: OperationDefinition, _ httpRequest: HTTPRequest, _ principal: Principal?) throws(RequestRefusal) {
        guard operation.kind == .query || httpRequest.method == "POST" else {
            let error = GraphQLError("Send mutations with POST.", code: .badUserInput)
            throw RequestRefusal(status: 405, errors: [error], fields: [HTTPField("Allow", "POST")])
        }
        if operation.kind == .mutation, principal?.key?.isReadOnly == true {
            let message = "The API key is read-only: it may not change anything. Send mutations with another key."
            throw RequestRefusal(status: 403, errors: [GraphQLError(message, code: .forbidden)])
        }
    }
}

extension HTTPRequest {
    fileprivate var asGET: HTTPRequest {
        var request = self
        request.method = "GET"
        return request
    }
}
