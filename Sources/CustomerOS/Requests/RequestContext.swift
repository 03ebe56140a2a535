internal import EventLoop
public import GraphQL
public import Memory
public import Postgres
public import Records
public import Telemetry

/// The caller, and what the request may use. One per request.
public final class RequestContext: ExecutionHost {
    public let principal: Principal
    public let database: ObservedDatabase
    /// The times of its statements.
    public let statementLog = StatementLog()
    public let limits: Limits
    private let telemetry: (any TelemetrySink)?
    /// The names and texts of the statements issued, kept if the caller asked for them.
    public private(set) var statements: [StatementText] = []
    public private(set) var statementCount = 0
    /// How many rows were read.
    public internal(set) var rowCount = 0
    private let requestID: String?
    private let keepsStatements: Bool
    package let issuer: Issuer
    /// Counts the rows read.
    private let memory: MemoryReservation?

    /// What a request may ask for.
    public struct Limits: Sendable {
        /// The most rows of a page.
        public var pageLimit: Int
        /// The most sort keys of a page.
        public var sortLimit: Int
        /// The most events of a timeline.
        public var timelineLimit: Int
        /// The most contacts created in bulk.
        public var bulkLimit: Int
        /// The most objects in a list that a mutation accepts.
        public var inputListLimit: Int
        public var filter: FilterLimits
        /// Reads of a level that may return more rows in total get a connection of their own, as heavy ones.
        public var heavyReadRows: Int

        public init(
            pageLimit: Int = 10_000, sortLimit: Int = 8, timelineLimit: Int = 1_000, bulkLimit: Int = 200, inputListLimit: Int = 500,
            filter: FilterLimits = FilterLimits(),
            heavyReadRows: Int = 20_000
        ) {
            self.pageLimit = pageLimit
            self.sortLimit = sortLimit
            self.timelineLimit = timelineLimit
            self.bulkLimit = bulkLimit
            self.inputListLimit = inputListLimit
            self.filter = filter
            self.heavyReadRows = heavyReadRows
        }
    }

    public init(
        principal: Principal, database: Database, limits: Limits = Limits(), telemetry: (any TelemetrySink)? = nil,
        requestID: String? = nil, keepsStatements: Bool = false, memory: MemoryReservation? = nil
    ) {
        self.memory = memory
        self.principal = principal
        self.database = ObservedDatabase(database, for: .tenant(principal.tenant.id), log: statementLog)
        self.limits = limits
        self.telemetry = telemetry
        self.keepsStatements = keepsStatements
        self.requestID = requestID
        issuer = Issuer(tenant: .text(String(principal.tenant.id)), actor: Parameter(text: principal.userID))
    }

    /// What a client may know about a failure. The log has the rest.
    func fieldError(_ error: any Error, of field: PlannedField) -> FieldError {
        var shown = FieldError(error)
        // With it the operator finds the details in the log.
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

    package func record(_ queries: [Query]) {
        statementCount += queries.count
        if keepsStatements { statements += queries.map(\.statement) }
    }

    /// Counts rows kept until the answer is written: libpq's memory, and the executor's cells.
    /// - Throws: If there is no room. The rows should then be released.
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
        var mutations: [FieldCall] = []
        for call in calls {
            switch call.field.binding {
            case .resolved(let resolver), .resolvedLeaf(let resolver, _): begin(call, resolver, wave, &mutations)
            default: break
            }
        }
        await wave.run()
        for call in mutations {
            do {
                try limits.checkLists(of: call.arguments.values)
                call.result = try await change(call)
            } catch {
                fail(call, error)
            }
        }
    }

    private func begin(_ call: FieldCall, _ resolver: any FieldResolver, _ wave: Wave, _ mutations: inout [FieldCall]) {
        guard let read = resolver as? ReadField else { return mutations.append(call) }
        do { try read.begin(call, wave) } catch { fail(call, error) }
    }

    private func change(_ call: FieldCall) async throws -> FieldResult {
        switch call.field.binding {
        case .resolved(let resolver as ChangeField), .resolvedLeaf(let resolver as ChangeField, _):
            return try await resolver.run(call, self)
        default: throw FieldError("Internal server error!", code: .internal)
        }
    }

    private func fail(_ call: FieldCall, _ error: any Error) {
        call.result = .failure(fieldError(error, of: call.field), parents: call.parents.rowCount, isList: call.field.listDepth > 0)
    }
}

extension RequestContext: RequestHost {
    package var caller: any Caller { self }
    package var bulkLimit: Int { limits.bulkLimit }
}

extension RequestContext: Caller {
    package var tenantName: String { principal.tenant.name }

    package func hasRole(_ word: String) -> Bool { Role(rawValue: word).map(principal.roles.contains) ?? false }
}

extension RequestContext.Limits {
    /// Those of lists.
    var lists: ListLimits {
        ListLimits(page: pageLimit, sortKeys: sortLimit, timeline: timelineLimit, filter: filter)
    }
}

extension RequestContext.Limits {
    /// Objects in lists are written one by one, in one transaction, on which others wait.
    /// - Throws: `FieldError` with the path of the list.
    fileprivate func checkLists(of object: InputObject, at path: String = "") throws(FieldError) {
        for member in object.members { try checkLists(of: member.value, at: path + member.name) }
    }

    private func checkLists(of value: InputValue, at path: String) throws(FieldError) {
        switch value {
        case .object(let object): try checkLists(of: object, at: path + ".")
        case .list(let elements):
            guard case .object? = elements.first else { return }
            guard elements.count <= inputListLimit else {
                throw FieldError(
                    "A list of objects has at most \(inputListLimit): send them in several requests.", code: .badUserInput,
                    details: [
                        GraphQLError.Detail(name: "field", value: .string(path)),
                        GraphQLError.Detail(name: "limit", value: .integer(Int64(inputListLimit))),
                    ])
            }
            for element in elements { try checkLists(of: element, at: path) }
        default: break
        }
    }
}
