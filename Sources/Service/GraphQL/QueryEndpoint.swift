internal import CustomerOS
internal import EventLoop
internal import GraphQL
internal import HTTP
internal import Memory
internal import Postgres
internal import Telemetry

/// `/query`: GraphQL over HTTP.
final class QueryEndpoint: Sendable {
    private let reader: RequestReader
    private let largeRequests: LargeRequests
    private let authentication: Authentication
    private let rates = RateLimiter()
    private let database: Database
    private let queue: ExecutionQueue
    private let executor: Executor
    private let limits: Limits
    private let memory: MemoryBudget
    private let telemetry: any TelemetrySink
    /// Called with the statements of every request, if set.
    private let onStatements: (@Sendable (_ requestID: String, [StatementText]) -> Void)?
    /// Nil if nothing is traced.
    private let tracer: Tracer?
    /// Operations that take this many seconds are slow.
    private let slowLimit: Double

    init(
        reader: RequestReader, largeRequests: LargeRequests, authentication: Authentication, database: Database, queue: ExecutionQueue,
        executor: Executor, limits: Limits, memory: MemoryBudget, telemetry: any TelemetrySink,
        onStatements: (@Sendable (_ requestID: String, [StatementText]) -> Void)? = nil, tracer: Tracer? = nil,
        slowLimit: Double = .infinity
    ) {
        self.reader = reader
        self.largeRequests = largeRequests
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

    /// What a request's head says: who sends it, and which answers are understood.
    struct Caller: Sendable {
        /// Nil if the request has no key.
        let principal: Principal?
        let mediaType: MediaType
        /// Nil if nothing limits the caller's rate.
        fileprivate let standing: RateLimiter.Standing?
        /// The memory of the request, from its body to its answer.
        let memory: MemoryReservation
        /// How long admission took, in nanoseconds.
        fileprivate let admissionTime: UInt64
    }

    enum Admission: Sendable {
        case refused(HTTPResponse)
        case admitted(Caller)
    }

    /// Judges a request by its head: what cannot be answered is refused before the body is read.
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
                observed.record.isTold = refused.isTold
                observed.standing = refused.standing
                return answer(refused.refusal, refused.mediaType, &observed)
            })
    }

    /// Why a request is refused by its head.
    private struct Refused: Error {
        let refusal: RequestRefusal
        var mediaType = MediaType.json
        var standing: RateLimiter.Standing?
        var isTold = true
    }

    private func caller(of request: HTTPRequest, since start: UInt64) async throws(Refused) -> Caller {
        guard request.method == "POST" || request.method == "GET" || request.method == "HEAD" else {
            let error = GraphQLError("Use POST.", code: .badUserInput)
            throw Refused(refusal: RequestRefusal(status: 405, errors: [error], fields: [HTTPField("Allow", "GET, POST")]))
        }
        guard let mediaType = MediaType.accepted(request.list("Accept")) else {
            let message = "This endpoint answers application/json or application/graphql-response+json."
            throw Refused(refusal: RequestRefusal(status: 406, errors: [GraphQLError(message, code: .badUserInput)]))
        }
        let principal: Principal?
        do {
            principal = try await authentication.principal(of: request)
        } catch {
            let fields = error.retryAfter.map { [HTTPField("Retry-After", String($0))] } ?? []
            let refusal = RequestRefusal(status: error.status, errors: [error.error], fields: fields)
            throw Refused(refusal: refusal, mediaType: mediaType, isTold: error.isTold)
        }
        let now = EventLoop.now
        let standing: RateLimiter.Standing?
        do {
            standing = try rates.take(1, .requests, of: principal, at: now)
        } catch {
            throw Refused(refusal: error.refusal, mediaType: mediaType, standing: error.standing)
        }
        let memory = memory.reservation(for: principal.map { .tenant($0.tenant.id) } ?? .anonymous)
        guard memory.grow(.requests, by: Self.leastBytes) else {
            throw Refused(refusal: .noMemory, mediaType: mediaType, standing: standing)
        }
        return Caller(principal: principal, mediaType: mediaType, standing: standing, memory: memory, admissionTime: now &- start)
    }

    /// What every request takes: its head, its task, the first chunk of its answer.
    private static let leastBytes = 32 * 1024

    /// Answers an admitted request, and records the outcome.
    func respond(to request: HTTPRequest, of caller: Caller) async -> HTTPResponse {
        var response = await observe(request, since: EventLoop.now &- caller.admissionTime) { observed in
            observed.standing = caller.standing
            return await respond(to: request, of: caller, &observed)
        }
        // Everything else of the request is freed by now.
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
        do throws(RequestRefusal) {
            return try await answer(request, of: caller, &observed)
        } catch {
            return answer(error, caller.mediaType, &observed)
        }
    }

    private func answer(
        _ request: HTTPRequest, of caller: Caller, _ observed: inout RequestObservation
    ) async throws(RequestRefusal) -> HTTPResponse {
        // Anonymous callers share one turn.
        let owner = WorkOwner.tenant(caller.principal?.tenant.id ?? 0)
        // Before anything is parsed: refusals must be cheap.
        guard await queue.enter(owner) else { throw .overloaded }
        defer { queue.leave(owner) }
        observed.record.tenant = caller.principal?.tenant.name
        let isCompressed = request.field("Content-Encoding") != nil
        let largestBody = isCompressed ? limits.bodyBytes : request.body.count
        guard caller.memory.grow(.requests, by: limits.largestRequest(ofBytes: largestBody)) else { throw .noMemory }
        let isLarge = isCompressed || request.body.count >= LargeRequests.leastBytes
        let readout =
            isLarge
            ? try await readAside(request, of: caller, owner, &observed)
            : try reader.read(request, of: caller.principal, accepting: caller.mediaType, memory: caller.memory, &observed)
        do {
            if let standing = try rates.take(readout.prepared.cost, .cost, of: caller.principal) { observed.standing = standing }
        } catch {
            observed.standing = error.standing
            throw error.refusal
        }
        return try await execute(readout, of: caller, &observed)
    }

    private func readAside(
        _ request: HTTPRequest, of caller: Caller, _ owner: WorkOwner, _ observed: inout RequestObservation
    ) async throws(RequestRefusal) -> RequestReader.Readout {
        let readout = await largeRequests.run(for: owner) { [reader, observed] in
            var observation = observed
            let result = Result { () throws(RequestRefusal) in
                try reader.read(request, of: caller.principal, accepting: caller.mediaType, memory: caller.memory, &observation)
            }
            return (result, observation)
        }
        guard let (result, observation) = readout else { throw .timeout }
        observed = observation
        return try result.get()
    }

    private func execute(
        _ readout: RequestReader.Readout, of caller: Caller, _ observed: inout RequestObservation
    ) async throws(RequestRefusal) -> HTTPResponse {
        let (request, prepared) = (readout.request, readout.prepared)
        let (plan, memory, mediaType) = (prepared.plan, caller.memory, caller.mediaType)
        let fields = [HTTPField("Content-Type", mediaType.contentType), HTTPField("Cache-Control", "no-store")]
        if plan.keepsAnswer, request.wantedExtensions.isEmpty, let kept = plan.answer.withLock({ $0 }) {
            return HTTPResponse(status: 200, fields: fields, body: kept)
        }

        // Anonymous callers get this far only for introspection, which involves no tenant.
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
        onStatements?(observed.record.requestID, context.statements)
        observed.record.statements = context.statementCount
        observed.record.rows = context.rowCount
        if memory.wasRefused, plan.operation.kind != .mutation { throw .noMemory }
        if buffer.isRefused { return unknownOutcome(mediaType, &observed) }
        observed.record.note(summary.errors)
        let body = HTTPBody(buffer)
        // Its chunks may be larger than needed.
        _ = memory.resize(.answers, to: body.count)
        if plan.keepsAnswer, request.wantedExtensions.isEmpty, summary.errors.isEmpty {
            reader.documents.keep(body, of: plan, of: readout.known)
        }
        let status = mediaType == .graphQLResponse && !summary.errors.isEmpty ? 294 : 200
        return HTTPResponse(status: status, fields: fields, body: body)
    }

    /// A change was made, at least in part, but there is no memory for its answer: a retry could repeat it.
    private func unknownOutcome(_ mediaType: MediaType, _ observed: inout RequestObservation) -> HTTPResponse {
        var error = GraphQLError.noMemory
        error.message =
            "The change was carried out, but the server was too busy to hold its answer. Look before you send it again."
        error.details.append(GraphQLError.Detail(name: "outcome", value: .string("unknown")))
        observed.record.note([error])
        return refusal(mediaType, [error], mediaType == .json ? 200 : 500)
    }

    // MARK: Refusals

    private func answer(_ refusal: RequestRefusal, _ mediaType: MediaType, _ observed: inout RequestObservation) -> HTTPResponse {
        observed.record.note(refusal.errors)
        return self.refusal(mediaType, refusal.errors, refusal.status, refusal.fields)
    }

    /// A request error, without `data`.
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
    /// The buffer's content, not copied. The buffer is then empty.
    fileprivate init(_ buffer: ResponseBuffer) {
        self.init()
        for chunk in buffer.takeChunks() { append(.memory(chunk.bytes, owner: chunk)) }
    }
}

extension RateLimiter.Refusal {
    private var error: GraphQLError {
        GraphQLError(
            "The limit \(name) of \(limit) a minute is exhausted. Try again in \(wait) seconds.", code: .rateLimited,
            details: [
                GraphQLError.Detail(name: "limitName", value: .string(name)),
                GraphQLError.Detail(name: "limit", value: .integer(Int64(limit))),
            ])
    }

    fileprivate var refusal: RequestRefusal {
        RequestRefusal(status: 429, errors: [error], fields: [HTTPField("Retry-After", String(wait))])
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
