internal import EventLoop
public import GraphQL
public import Memory
public import Postgres
public import Telemetry

/// Who asks, and what the request may use. One for each request.
public final class RequestContext: ExecutionHost {
    public let principal: Principal
    public let database: ObservedDatabase
    /// What its statements took.
    public let statementLog = StatementLog()
    public let limits: Limits
    private let telemetry: (any TelemetrySink)?
    /// The names and texts of the statements issued, kept where the caller wants to see them.
    public private(set) var statements: [Statement] = []
    public private(set) var statementCount = 0
    /// How many rows the reads brought.
    public internal(set) var rowCount = 0
    private let requestID: String?
    private let keepsStatements: Bool
    /// Where the rows are counted that are read.
    private let memory: MemoryReservation?

    /// What a request may ask for.
    public struct Limits: Sendable {
        /// The most rows of a page.
        public var pageLimit: Int
        /// The most events of a timeline.
        public var timelineLimit: Int
        /// The most contacts that are made in bulk.
        public var bulkLimit: Int
        public var filter: FilterLimits

        public init(
            pageLimit: Int = 10_000, timelineLimit: Int = 1_000, bulkLimit: Int = 200, filter: FilterLimits = FilterLimits()
        ) {
            self.pageLimit = pageLimit
            self.timelineLimit = timelineLimit
            self.bulkLimit = bulkLimit
            self.filter = filter
        }
    }

    public init(
        principal: Principal, database: Database, limits: Limits = Limits(), telemetry: (any TelemetrySink)? = nil,
        requestID: String? = nil, keepsStatements: Bool = false, memory: MemoryReservation? = nil
    ) {
        self.memory = memory
        self.principal = principal
        self.database = ObservedDatabase(database, log: statementLog)
        self.limits = limits
        self.telemetry = telemetry
        self.keepsStatements = keepsStatements
        self.requestID = requestID
    }

    var tenantParameter: Parameter { .text(String(principal.tenant.id)) }

    /// What a client may know of a failure. An operator learns the rest.
    func fieldError(_ error: any Error, of field: PlannedField) -> FieldError {
        var shown = FieldError(error)
        // By it the operator finds in the log what the client may not know.
        if shown.code == .internal, let requestID {
            shown.details.append(GraphQLError.Detail(name: "requestId", value: .string(requestID)))
        }
        if let error = error as? PostgresError, shown.code == .internal || shown.code == .databaseUnavailable {
            telemetry?.record(
                .statementFailed(
                    requestID: requestID, field: field.coordinate.description, statement: error.statement ?? "", sqlState: error.sqlState,
                    constraint: error.constraint))
        }
        return shown
    }

    func record(_ queries: [Query]) {
        statementCount += queries.count
        if keepsStatements { statements += queries.map(\.statement) }
    }

    /// Counts rows that are kept until the answer is written: by libpq, and what the executor knows of each value.
    /// - Throws: Where there is no room for them. They should be let go then.
    func hold(_ results: [QueryResult]) throws(FieldError) {
        let bytes = results.reduce(0) { $0 + $1.memoryBytes + $1.rowCount * ($1.columnCount * 16 + 32) }
        guard memory?.grow(.requests, by: bytes) ?? true else { throw .noMemory }
    }

    // MARK: ExecutionHost

    public func refusal(of field: FieldDefinition) -> FieldError? {
        AccessRule.of(field).refusal(for: principal)
    }

    public func resolve(_ calls: [FieldCall]) async {
        let wave = Wave(self)
        var mutations: [(FieldCall, MutationResolver)] = []
        for call in calls {
            switch call.field.binding {
            case .resolved(let resolver), .resolvedLeaf(let resolver, _):
                if let batch = resolver as? BatchResolver {
                    batch.begin(call, wave)
                } else if let mutation = resolver as? MutationResolver {
                    mutations.append((call, mutation))
                }
            default: break
            }
        }
        await wave.run()
        for (call, mutation) in mutations {
            do {
                call.result = try await mutation.run(call, self)
            } catch {
                call.result = .failure(fieldError(error, of: call.field), parents: call.parents.rowCount, isList: call.field.listDepth > 0)
            }
        }
    }
}
