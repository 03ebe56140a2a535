internal import CustomerOS
internal import EventLoop
internal import GraphQL
internal import HTTP
internal import Memory
internal import Postgres
internal import Telemetry

/// `/query`: GraphQL over HTTP.
final class QueryEndpoint: Sendable {
    private let documents: DocumentCache
    private let authentication: Authentication
    private let rates = RateLimiter()
    private let database: Database
    private let queue: ExecutionQueue
    private let executor: Executor
    private let limits: Limits
    private let persisted: PersistedDocuments
    private let memory: MemoryBudget
    private let telemetry: any TelemetrySink
    /// Told of the statements of every request, where someone wants to know.
    private let onStatements: (@Sendable ([StatementText]) -> Void)?
    /// Nil when nothing is traced.
    private let tracer: Tracer?
    /// From how many seconds on an operation is slow.
    private let slowLimit: Double

    init(
        documents: DocumentCache, persisted: PersistedDocuments, authentication: Authentication, database: Database,
        queue: ExecutionQueue, executor: Executor, limits: Limits, memory: MemoryBudget, telemetry: any TelemetrySink,
        onStatements: (@Sendable ([StatementText]) -> Void)? = nil, tracer: Tracer? = nil, slowLimit: Double = .infinity
    ) {
        self.documents = documents
        self.persisted = persisted
        self.memory = memory
        self.authentication = authentication
        self.database = database
        self.queue = queue
        self.executor = executor
        self.limits = limits
        self.telemetry = telemetry
        self.onStatements = onStatements
        self.tracer = tracer
        self.slowLimit = slowLimit
    }

    /// Who sends a request, and what answer is understood: what its head says.
    struct Caller: Sendable {
        /// Nil when the request has no key.
        let principal: Principal?
        let mediaType: MediaType
        /// Nil when nothing limits how much the caller may ask for.
        fileprivate let standing: RateLimiter.Standing?
        /// What the request holds, from its body to its answer.
        let memory: MemoryReservation
        /// How long it took to find out, in nanoseconds.
        fileprivate let admissionTime: UInt64
    }

    enum Admission: Sendable {
        case refused(HTTPResponse)
        case admitted(Caller)
    }

    /// Judges a request by its head: who sends nothing that could be answered is refused before the body is read.
    func admit(_ request: HTTPRequest) async -> Admission {
        let start = EventLoop.now
        let refused: Refused
        do {
            return .admitted(try await caller(of: request, since: start))
        } catch {
            refused = error
        }
        return .refused(
            await observe(request, since: start) { observed in
                observed.record.note(refused.errors)
                observed.record.isTold = refused.isTold
                observed.standing = refused.standing
                return refusal(refused.mediaType, refused.errors, refused.status, refused.fields)
            })
    }

    /// Why a request is refused by its head.
    private struct Refused: Error {
        let status: Int
        let errors: [GraphQLError]
        var mediaType = MediaType.json
        var fields: [HTTPField] = []
        var standing: RateLimiter.Standing?
        var isTold = true
    }

    private func caller(of request: HTTPRequest, since start: UInt64) async throws(Refused) -> Caller {
        guard request.method == "POST" || request.method == "GET" || request.method == "HEAD" else {
            let error = GraphQLError("Use POST.", code: .badUserInput)
            throw Refused(status: 405, errors: [error], fields: [HTTPField("Allow", "GET, POST")])
        }
        guard let mediaType = MediaType.accepted(request.list("Accept")) else {
            let message = "This endpoint answers application/json or application/graphql-response+json."
            throw Refused(status: 406, errors: [GraphQLError(message, code: .badUserInput)])
        }
        let principal: Principal?
        do {
            principal = try await authentication.principal(of: request)
        } catch {
            let fields = error.retryAfter.map { [HTTPField("Retry-After", String($0))] } ?? []
            throw Refused(status: error.status, errors: [error.error], mediaType: mediaType, fields: fields, isTold: error.isTold)
        }
        let now = EventLoop.now
        let standing: RateLimiter.Standing?
        do {
            standing = try rates.take(1, .requests, of: principal, at: now)
        } catch {
            throw Refused(
                status: 429, errors: [error.error], mediaType: mediaType, fields: [error.retryAfter], standing: error.standing)
        }
        let memory = memory.reservation(for: principal.map { .tenant($0.tenant.id) } ?? .anonymous)
        guard memory.grow(.requests, by: Self.leastBytes) else {
            throw Refused(status: 503, errors: [.noMemory], mediaType: mediaType, standing: standing)
        }
        return Caller(principal: principal, mediaType: mediaType, standing: standing, memory: memory, admissionTime: now &- start)
    }

    /// What every request takes: its head, its task, the first piece of its answer.
    private static let leastBytes = 32 * 1024

    /// Answers an admitted request, and records what became of it.
    func respond(to request: HTTPRequest, of caller: Caller) async -> HTTPResponse {
        var response = await observe(request, since: EventLoop.now &- caller.admissionTime) { observed in
            observed.standing = caller.standing
            return await respond(to: request, of: caller, &observed)
        }
        // Everything else of the request goes now.
        caller.memory.shrink(.requests, to: 0)
        caller.memory.shrink(.bodies, to: 0)
        caller.memory.shrink(.answers, to: response.body.count)
        response.memory = caller.memory
        return response
    }

    private func observe(
        _ request: HTTPRequest, since start: UInt64, _ answer: (inout RequestObservation) async -> HTTPResponse
    ) async -> HTTPResponse {
        let identity = RequestIdentity(request)
        var observed = RequestObservation(identity, method: request.method, trace: tracer?.trace(below: identity.parent))
        telemetry.record(.requestStarted)
        var response = await answer(&observed)
        response.fields.append(HTTPField("X-Request-Id", identity.requestID))
        if let standing = observed.standing { response.fields += standing.fields }
        if let header = observed.responseHeader { response.fields.append(HTTPField("traceresponse", header)) }
        observed.record.status = response.status
        observed.record.bytes = response.body.count
        let end = EventLoop.now
        observed.record.duration = Double(end - start) / 1e9
        if observed.record.errorCodes.contains(ErrorCode.internal.rawValue) { telemetry.record(.internalError(observed.record)) }
        telemetry.record(.requestEnded(observed.record))
        if observed.record.duration >= slowLimit, let slow = observed.slowOperation { telemetry.record(.operationSlow(slow)) }
        if let spans = observed.spans(from: start, to: end) { tracer?.exporter.submit(spans) }
        return response
    }

    private func respond(to request: HTTPRequest, of caller: Caller, _ observed: inout RequestObservation) async -> HTTPResponse {
        let mediaType = caller.mediaType
        do {
            return try await answer(request, of: caller, &observed)
        } catch let failure as GraphQLRequest.Failure {
            observed.record.note([failure.error])
            // Clients that know only JSON look for a miss of a persisted query in what was answered well.
            let status = failure.isPersistedQueryMiss && mediaType == .json ? 200 : failure.status
            return refusal(mediaType, status, failure.error, failure.fields)
        } catch let failure as RequestFailure {
            observed.record.note(failure.errors)
            return refusal(mediaType, failure.errors, failure.status, failure.fields)
        } catch {
            let error = GraphQLError("Internal server error!", code: .internal)
            observed.record.note([error])
            return refusal(mediaType, 500, error)
        }
    }

    /// A request that is not executed.
    private struct RequestFailure: Error {
        let status: Int
        let errors: [GraphQLError]
        var fields: [HTTPField] = []

        static let noMemory = RequestFailure(status: 503, errors: [.noMemory])
    }

    private func answer(
        _ httpRequest: HTTPRequest, of caller: Caller, _ observed: inout RequestObservation
    ) async throws -> HTTPResponse {
        // Anonymous callers share one turn.
        let owner = WorkOwner.tenant(caller.principal?.tenant.id ?? 0)
        // Before anything is read of it: what is refused must cost little.
        guard await queue.enter(owner) else { throw Self.overloaded }
        defer { queue.leave(owner) }
        let mediaType = caller.mediaType
        let principal = caller.principal
        observed.record.tenant = principal?.tenant.name
        let bodyCount = httpRequest.field("Content-Encoding") == nil ? httpRequest.body.count : limits.bodyBytes
        guard caller.memory.grow(.requests, by: limits.largestRequest(ofBytes: bodyCount)) else { throw RequestFailure.noMemory }
        let request = try GraphQLRequest(httpRequest.method == "HEAD" ? httpRequest.asGET : httpRequest, limits: limits)
        let text = try persisted.text(of: request)
        observed.document = text
        let known: KnownDocument
        do {
            known = try documents.document(text, memory: caller.memory, trace: observed.trace)
        } catch {
            if principal == nil { throw Self.withoutKey }
            throw Self.failure(error, mediaType)
        }
        if principal == nil, !known.asksOnlyAboutSchema {
            throw Self.withoutKey
        }
        let operation: OperationDefinition
        do {
            operation = try OperationDefinition.select(from: known.document, name: request.operationName)
        } catch {
            throw RequestFailure(status: 422, errors: [error])
        }
        guard operation.kind == .query || httpRequest.method == "POST" else {
            return refusal(
                mediaType, 405, GraphQLError("Send mutations with POST.", code: .badUserInput), [HTTPField("Allow", "POST")])
        }
        if operation.kind == .mutation, principal?.key?.isReadOnly == true {
            let message = "The API key is read-only: it may not change anything. Send mutations with another key."
            throw RequestFailure(status: 403, errors: [GraphQLError(message, code: .forbidden)])
        }
        observed.record.operationType = operation.kind.rawValue
        observed.record.operationName = operation.name?.value
        let prepared: DocumentCache.PreparedRequest
        do {
            prepared = try documents.prepare(operation, of: known, given: request.variables, memory: caller.memory)
        } catch {
            throw Self.failure(error, mediaType)
        }
        observed.record.rootFields = prepared.plan.operation.rootCoordinates
        if let refusal = prepared.refusal { throw RequestFailure(status: 422, errors: [refusal]) }
        do {
            if let standing = try rates.take(prepared.cost, .cost, of: principal) { observed.standing = standing }
        } catch {
            observed.standing = error.standing
            throw RequestFailure(status: 429, errors: [error.error], fields: [error.retryAfter])
        }
        return try await execute(prepared, request, of: caller, known, &observed)
    }

    private static func failure(_ failure: DocumentCache.Failure, _ mediaType: MediaType) -> RequestFailure {
        switch failure {
        case .parse(let error): RequestFailure(status: mediaType == .json ? 422 : 400, errors: [error])
        case .validation(let errors): RequestFailure(status: 422, errors: errors)
        case .noMemory: .noMemory
        }
    }

    private func execute(
        _ prepared: DocumentCache.PreparedRequest, _ request: GraphQLRequest, of caller: Caller, _ known: KnownDocument,
        _ observed: inout RequestObservation
    ) async throws(RequestFailure) -> HTTPResponse {
        let (plan, memory, mediaType) = (prepared.plan, caller.memory, caller.mediaType)
        let fields = [HTTPField("Content-Type", mediaType.contentType), HTTPField("Cache-Control", "no-store")]
        if plan.keepsAnswer, request.wantedExtensions.isEmpty, let kept = plan.answer.withLock({ $0 }) {
            return HTTPResponse(status: 200, fields: fields, body: kept)
        }

        // Anonymous callers have come this far only for the schema, which no tenant is behind.
        let nobody = Principal(tenant: Principal.Tenant(id: 0, name: ""), roles: [])
        let context = RequestContext(
            principal: caller.principal ?? nobody, database: database,
            limits: limits.request, telemetry: telemetry,
            requestID: observed.record.requestID,
            keepsStatements: onStatements != nil, memory: memory)
        observed.statements = context.statementLog
        observed.executionStart = EventLoop.now
        let buffer = ResponseBuffer { memory.grow(.answers, by: $0) }
        let summary = await executor.execute(
            plan.operation, variables: prepared.variables, host: context, into: buffer,
            extensions: request.wantedExtensions.object(cost: prepared.cost, limit: limits.cost, principal: caller.principal))
        observed.executionEnd = EventLoop.now
        onStatements?(context.statements)
        observed.record.statements = context.statementCount
        observed.record.rows = context.rowCount
        if memory.wasRefused, plan.operation.kind != .mutation { throw .noMemory }
        if buffer.isRefused { return unknownOutcome(mediaType, &observed) }
        observed.record.note(summary.errors)
        let body = HTTPBody(buffer)
        // Its chunks may have more room than was needed.
        _ = memory.resize(.answers, to: body.count)
        if plan.keepsAnswer, request.wantedExtensions.isEmpty, summary.errors.isEmpty { documents.keep(body, of: plan, of: known) }
        let status = mediaType == .graphQLResponse && !summary.errors.isEmpty ? 294 : 200
        return HTTPResponse(status: status, fields: fields, body: body)
    }

    /// A change that was made, or a part of it, and whose answer there is no room for: to send it again could make it twice.
    private func unknownOutcome(_ mediaType: MediaType, _ observed: inout RequestObservation) -> HTTPResponse {
        var error = GraphQLError.noMemory
        error.message =
            "The change was carried out, but the server has too much under way to hold its answer. Look before you send it again."
        error.details.append(GraphQLError.Detail(name: "outcome", value: .string("unknown")))
        observed.record.note([error])
        return refusal(mediaType, [error], mediaType == .json ? 200 : 500)
    }

    private static let overloaded = RequestFailure(
        status: 503,
        errors: [
            GraphQLError(
                "The server has more requests than it can answer in time. Try again shortly.", code: .databaseUnavailable,
                details: [GraphQLError.Detail(name: "reason", value: .string("overloaded"))])
        ])

    private static let withoutKey = RequestFailure(status: 401, errors: [Authentication.Refused.withoutKey.error])

    // MARK: Refusals

    private func refusal(_ mediaType: MediaType, _ status: Int, _ error: GraphQLError, _ fields: [HTTPField] = []) -> HTTPResponse {
        refusal(mediaType, [error], status, fields)
    }

    /// A request error: there is no `data`.
    private func refusal(_ mediaType: MediaType, _ errors: [GraphQLError], _ status: Int, _ fields: [HTTPField] = []) -> HTTPResponse {
        let buffer = ResponseBuffer(capacity: 512)
        buffer.append("{\"errors\":[")
        for (index, error) in errors.enumerated() {
            if index > 0 { buffer.append(",") }
            buffer.append(error)
        }
        buffer.append("]}")
        var fields = [HTTPField("Content-Type", mediaType.contentType), HTTPField("Cache-Control", "no-store")] + fields
        if status == 503 { fields.append(HTTPField("Retry-After", "1")) }
        return HTTPResponse(status: status, fields: fields, body: HTTPBody(buffer))
    }
}

extension HTTPBody {
    /// What was written, which stays where it is. The buffer is empty then.
    fileprivate init(_ buffer: ResponseBuffer) {
        self.init()
        for chunk in buffer.takeChunks() { append(.memory(chunk.bytes, owner: chunk)) }
    }
}

extension RateLimiter.Refusal {
    fileprivate var error: GraphQLError {
        GraphQLError(
            "The limit \(name) of \(limit) a minute is used up. Try again in \(wait) seconds.", code: .rateLimited,
            details: [
                GraphQLError.Detail(name: "limitName", value: .string(name)),
                GraphQLError.Detail(name: "limit", value: .integer(Int64(limit))),
            ])
    }

    fileprivate var retryAfter: HTTPField { HTTPField("Retry-After", String(wait)) }
}

extension HTTPRequest {
    fileprivate var asGET: HTTPRequest {
        var request = self
        request.method = "GET"
        return request
    }
}

extension RequestRecord {
    fileprivate mutating func note(_ errors: [GraphQLError]) {
        errorCodes += errors.map(\.code.rawValue)
        for error in errors {
            if let coordinate = error.coordinate, !brokenFields.contains(coordinate) { brokenFields.append(coordinate) }
            guard case .string(let name)? = error.details.first(where: { $0.name == "limitName" })?.value else { continue }
            limitName = name
        }
    }
}
