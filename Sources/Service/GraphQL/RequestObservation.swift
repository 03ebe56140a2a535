internal import CustomerOS
internal import Postgres
internal import Telemetry

/// What is learned about a request while it is answered.
struct RequestObservation {
    var record: RequestRecord
    /// Nil if the request is not traced.
    let trace: RequestTrace?
    /// The document's text, which is never exported or logged.
    var document: String?
    var statements: StatementLog?
    /// Reported in the answer. Nil if nothing limits the caller's rate.
    var standing: RateLimiter.Standing?
    var executionStart: UInt64 = 0
    var executionEnd: UInt64 = 0
    private let parent: TraceContext?

    init(_ identity: RequestIdentity, method: String, trace: RequestTrace?) {
        record = RequestRecord(requestID: identity.requestID, method: method)
        self.trace = trace
        parent = identity.parent
        record.traceID = trace?.traceID ?? identity.parent?.traceID
        record.spanID = trace?.spanID
    }

    /// `traceresponse`: the request's span if it is recorded, otherwise the parent's.
    var responseHeader: String? { trace?.responseHeader ?? parent.map { "00-\($0.traceID)-\($0.spanID)-00" } }

    /// For the log. Nil if nothing was executed.
    var slowOperation: SlowOperation? {
        guard let document, record.operationType != nil else { return nil }
        let times = (statements?.entries ?? []).map { entry in
            SlowOperation.Statement(name: entry.statement.name, duration: Double(entry.end &- entry.start) / 1e9)
        }
        return SlowOperation(record: record, documentHash: SHA256.text(document), statements: times)
    }

    /// For the collector. Nil if the request is not traced. Names follow OpenTelemetry's semantic conventions.
    func spans(from start: UInt64, to end: UInt64) -> [Span]? {
        guard let trace else { return nil }
        if executionEnd > 0 {
            let execution = trace.add(
                "execute", from: executionStart, to: executionEnd,
                attributes: [("customeros.rows", .integer(record.rows)), ("customeros.statements", .integer(record.statements))])
            for entry in statements?.entries ?? [] {
                var attributes: [Span.Attribute] = [
                    ("db.system.name", .text("postgresql")), ("db.query.summary", .text(entry.statement.name)),
                ]
                if !entry.sqlState.isEmpty { attributes.append(("db.response.status_code", .text(entry.sqlState))) }
                trace.add(
                    entry.statement.name, kind: .client, from: entry.start, to: entry.end, below: execution, attributes: attributes,
                    hasFailed: !entry.sqlState.isEmpty)
            }
        }
        return trace.finish(name, from: start, to: end, attributes: attributes, hasFailed: record.status >= 500)
    }

    /// One of a few words, as span names must be: the client's operation name is an attribute.
    private var name: String {
        guard let type = record.operationType else { return "\(RequestRecord.bounded(record.method)) /query" }
        return record.rootFields.count == 1 ? "\(type) \(record.rootFields[0])" : type
    }

    private var attributes: [Span.Attribute] {
        var attributes: [Span.Attribute] = [
            ("http.request.method", .text(RequestRecord.bounded(record.method))), ("http.route", .text("/query")),
            ("http.response.status_code", .integer(record.status)), ("http.response.body.size", .integer(record.bytes)),
            ("customeros.request_id", .text(record.requestID)),
        ]
        if let tenant = record.tenant { attributes.append(("customeros.tenant", .text(tenant))) }
        if let type = record.operationType { attributes.append(("graphql.operation.type", .text(type))) }
        if let name = record.operationName { attributes.append(("graphql.operation.name", .text(String(name.prefix(100))))) }
        if let document, record.operationType != nil {
            attributes.append(("graphql.document.hash", .text(SHA256.text(document))))
        }
        if !record.errorCodes.isEmpty {
            attributes.append(("customeros.error_codes", .text(Set(record.errorCodes).sorted().joined(separator: ","))))
        }
        return attributes
    }
}
