public import CustomerOS
internal import EventLoop
internal import GraphQL
public import HTTP
internal import Memory
public import Postgres
public import Telemetry

/// The whole service: loops, database, schema and HTTP.
public final class Server: Sendable {
    /// What a server is made of.
    public struct Configuration: Sendable {
        public var host = "127.0.0.1"
        public var port: UInt16 = 10_000
        /// Sockets passed by a service manager; nil binds `host` and the ports.
        public var socket: BoundSocket?
        public var metricsSocket: BoundSocket?
        /// The files of the certificate and its key; nil serves without TLS.
        public var certificateFiles: (certificate: String, key: String)?
        /// From the start of a connection until it is secured.
        public var handshakeLimit = Duration.seconds(10)
        public var database: DatabaseConfiguration
        public var loops = 2
        public var servesPlayground = false
        public var allowsAnonymousIntrospection = false
        public var allowsIntrospection = true
        /// Whether errors suggest what a client may have meant.
        public var suggestsNames = true
        /// If set, nothing else is served.
        public var trustedDocuments: TrustedDocuments?
        public var limits = Limits()
        /// How long everything is still served during shutdown, so that clients learn of it.
        public var drainGrace = Duration.seconds(2)
        public var drainLimit = Duration.seconds(30)
        /// How often the stored totals are folded.
        public var foldingInterval = Duration.seconds(5)
        /// How often the last use of keys is written to the database.
        public var keyUseInterval = Duration.seconds(60)
        /// The periodic jobs.
        public var jobs = Job.all
        /// How often to look for due jobs.
        public var jobCheckInterval = Duration.seconds(30)
        /// How often to check whether the database answers.
        public var databaseCheckInterval = Duration.seconds(1)
        /// The log's format, and which requests it includes.
        public var logFormat = LogWriter.Format.logfmt
        public var loggedRequests = LogWriter.Requests.slow(1)
        /// Operations that take this many seconds are slow: their statements are logged.
        public var slowOperation = 1.0
        /// Which spans are exported, and where; nil exports none.
        public var tracing: TracingConfiguration?
        /// The descriptor of the log.
        public var logDescriptor: Int32 = 2
        /// The port of the metrics; nil means the main one.
        public var metricsPort: UInt16?
        /// The origins whose pages may use the API, separated by commas.
        public var allowedOrigins = ""
        /// The networks of proxies trusted to name the client, separated by commas.
        public var trustedProxies = ""
        /// The networks exempt from limits per address, separated by commas.
        public var exemptAddresses = IPNetworks.loopback
        /// Called with the statements of every GraphQL request, before it is answered.
        public var onStatements: (@Sendable (_ requestID: String, [StatementText]) -> Void)?

        public init(database: DatabaseConfiguration) { self.database = database }

        fileprivate var hasMetricsPort: Bool { metricsPort.map { $0 == 0 || $0 != port } ?? false }
    }

    /// The address and port it listens on.
    public let host: String
    public let port: UInt16
    /// The port of the metrics, if they have their own.
    public var metricsPort: UInt16? { metricsServer?.port }
    private let configuration: Configuration
    private let loops: [EventLoop]
    private let largeRequests = LargeRequests()
    private let database: Database
    private let authenticator: Authenticator
    private let http: HTTPServer
    private let metricsServer: HTTPServer?
    private let telemetry: any TelemetrySink
    private let readiness: Readiness
    private let certificate: TLSCertificate?
    private let tracer: Tracer?

    /// Starts serving.
    /// - Throws: if the parts do not fit together, or the address cannot be bound.
    public init(_ configuration: Configuration) async throws {
        self.configuration = configuration
        certificate = try configuration.certificateFiles.map { try TLSCertificate(certificatePath: $0.certificate, keyPath: $0.key) }
        // All addresses are bound before the first one answers.
        let socket = try configuration.socket ?? BoundSocket(host: configuration.host, port: configuration.port)
        host = socket.host
        let ownMetricsPort = configuration.hasMetricsPort ? configuration.metricsPort : nil
        let metricsSocket =
            try configuration.metricsSocket ?? ownMetricsPort.map { try BoundSocket(host: configuration.host, port: $0) }
        let metrics = Metrics()
        let log = LogWriter(
            descriptor: configuration.logDescriptor, format: configuration.logFormat, requests: configuration.loggedRequests
        ) { metrics.record(.dropped(kind: "log")) }
        let telemetry = TelemetryFanOut([log, metrics])
        self.telemetry = telemetry
        tracer = configuration.tracing.map { Tracer(sampler: $0.sampler, exporter: SpanExporter($0, telemetry: telemetry)) }
        let executable = try API.executableSchema()
        let limits = configuration.limits
        let memory = MemoryBudget(
            limit: limits.memoryBytes, tenantShare: limits.memoryShare, anonymousShare: limits.anonymousMemoryShare)
        var databaseConfiguration = configuration.database
        databaseConfiguration.memory = memory
        databaseConfiguration.preparedStatementBytes = limits.preparedStatementBytes
        loops = (0..<max(1, configuration.loops)).map { EventLoop(name: "loop-\($0)") }
        database = await Database(databaseConfiguration, loops: loops) {
            let problem =
                "PostgreSQL is behind a pooler in transaction mode, where prepared statements are not kept: none are used from now on."
            telemetry.record(.warning("\(problem) Set DATABASE_PREPARED_STATEMENTS=false."))
        }
        readiness = Readiness(database)
        let documents = DocumentCache(
            executable, limits: limits, suggests: configuration.suggestsNames, allowsIntrospection: configuration.allowsIntrospection,
            memory: memory.reservation(for: .server))
        try configuration.trustedDocuments?.check(with: documents)
        authenticator = Authenticator(database: database)
        let exempt = IPNetworks("\(configuration.exemptAddresses),\(configuration.trustedProxies)")
        let queue = ExecutionQueue(loops: loops, limit: limits.requests, tenantShare: limits.tenantShare)
        let endpoint = QueryEndpoint(
            reader: RequestReader(
                documents: documents,
                persisted: PersistedDocuments(
                    trusted: configuration.trustedDocuments, bytes: limits.persistedQueryBytes, memory: memory.reservation(for: .server)),
                limits: limits),
            largeRequests: largeRequests,
            authentication: Authentication(
                authenticator, clientAddress: ClientAddress(trusting: IPNetworks(configuration.trustedProxies)),
                wrongKeys: WrongKeys(limit: limits.wrongKeys, exempt: exempt), telemetry: telemetry,
                allowsAnonymousIntrospection: configuration.allowsAnonymousIntrospection),
            database: database, queue: queue, executor: Executor(responseLimit: limits.responseBytes), limits: limits, memory: memory,
            telemetry: telemetry, onStatements: configuration.onStatements, tracer: tracer, slowLimit: configuration.slowOperation)
        let jobBook = JobBook()
        let metricsPage = MetricsPage(
            metrics, documents: documents, queue: queue, database: database, readiness: readiness, certificate: certificate, tracer: tracer,
            jobs: jobBook, memory: memory)
        let pages = Router.Pages(
            readiness: readiness, schema: Router.schemaFile(SchemaPrinter.text(executable.schema)),
            servesPlayground: configuration.servesPlayground, metrics: metricsSocket == nil ? metricsPage : nil)
        let router = Router(
            query: endpoint, pages: pages, crossOrigin: CrossOrigin(configuration.allowedOrigins),
            compression: AnswerCompression(threshold: limits.compressionBytes, level: limits.compressionLevel), telemetry: telemetry)
        var httpConfiguration = HTTPServerConfiguration(host: configuration.host, port: configuration.port)
        httpConfiguration.requestLineLimit = limits.requestLineBytes
        httpConfiguration.headerLimit = limits.headerBytes
        httpConfiguration.fieldLimit = limits.headerFields
        httpConfiguration.connectionLimit = min(
            limits.connections, DescriptorBudget(configuration.database, loops: loops.count).connections)
        httpConfiguration.connectionLimitPerAddress = limits.connectionsPerAddress
        httpConfiguration.exemptNetworks = exempt
        httpConfiguration.bodyLimit = limits.bodyBytes
        httpConfiguration.requestTimeout = .milliseconds(limits.requestMilliseconds)
        httpConfiguration.lingerTimeout = .milliseconds(limits.lingerMilliseconds)
        httpConfiguration.lingerLimit = limits.lingerBytes
        httpConfiguration.writeTimeout = .milliseconds(limits.writeMilliseconds)
        httpConfiguration.minimumRate = limits.readerRate
        httpConfiguration.memory = memory
        httpConfiguration.certificate = certificate
        httpConfiguration.handshakeTimeout = configuration.handshakeLimit
        let refusalPace = Pace(seconds: 60)
        http = try HTTPServer(configuration: httpConfiguration, loops: loops, handler: router, socket: socket) { event in
            switch event {
            case .connectionRefused(let address):
                telemetry.record(.connectionRefused)
                guard refusalPace.isDue() else { return }
                let rule = "as many connections as one address may have, all at work (CONNECTION_LIMIT_PER_ADDRESS)"
                telemetry.record(.warning("\(address) has \(rule): further ones are closed."))
            case .requestRefused(let status, let reason): telemetry.record(.requestRefused(status: status, reason: reason))
            case .handshakeFailed(let reason): telemetry.record(.handshakeFailed(reason: reason))
            case .acceptFailed(let errno): telemetry.record(.acceptFailed(errno: errno))
            case .connectionOpened: telemetry.record(.connectionOpened)
            case .connectionClosed: telemetry.record(.connectionClosed)
            }
        }
        port = http.port
        if let metricsSocket {
            var metricsConfiguration = HTTPServerConfiguration(host: configuration.host, port: metricsSocket.port)
            metricsConfiguration.connectionLimit = 16
            metricsServer = try HTTPServer(
                configuration: metricsConfiguration, loops: [loops[0]], handler: metricsPage, socket: metricsSocket)
        } else {
            metricsServer = nil
        }
        Self.foldCounts(database, every: configuration.foldingInterval, on: loops[0])
        Self.writeKeyUses(authenticator, every: configuration.keyUseInterval, on: loops[0])
        if !configuration.jobs.isEmpty {
            Self.runJobs(configuration.jobs, database, telemetry, jobBook, every: configuration.jobCheckInterval, on: loops[0])
        }
        MemoryReturn(memory, every: .seconds(5)).begin(on: loops[0])
        DatabaseWatch(readiness, telemetry, every: configuration.databaseCheckInterval, on: loops[0]).begin()
        telemetry.record(.serverStarted(host: configuration.host, port: port))
        if let certificate {
            Self.watch(certificate, telemetry, on: loops[0])
        } else if NetworkExposure.isOpen(host: host) {
            telemetry.record(.warning(NetworkExposure.plainText(host: host)))
        }
    }

    /// Warns of problems with the certificate's files, now and once a day.
    private static func watch(_ certificate: TLSCertificate, _ telemetry: any TelemetrySink, on loop: EventLoop) {
        for warning in certificate.warnings { telemetry.record(.warning(warning)) }
        loop.execute {
            loop.schedule(after: .seconds(86_400)) { watch(certificate, telemetry, on: loop) }
        }
    }

    /// Records an event in the server's log and metrics.
    func record(_ event: TelemetryEvent) { telemetry.record(event) }

    /// Calls `action` repeatedly, each time after all loops have turned since the last: never again once one of them
    /// hangs.
    public func whileLoopsTurn(every interval: Duration, _ action: @escaping @Sendable () -> Void) {
        LoopRound(loops, interval, action).begin()
    }

    /// Reloads the certificate's files. If they cannot be used, nothing changes, and the log says why.
    public func reloadCertificate() {
        guard let certificate else { return telemetry.record(.warning("There is no certificate to reload.")) }
        do {
            try certificate.reload()
            telemetry.record(.certificateLoaded(secondsLeft: certificate.secondsLeft))
            for warning in certificate.warnings { telemetry.record(.warning(warning)) }
        } catch {
            telemetry.record(.failure("The old certificate stays in use. \(error)"))
        }
    }

    /// Runs until the loop ends.
    private static func foldCounts(_ database: Database, every interval: Duration, on loop: EventLoop) {
        loop.execute {
            loop.schedule(after: interval) {
                loop.spawn {
                    await KeptCounts.fold(database)
                    foldCounts(database, every: interval, on: loop)
                }
            }
        }
    }

    /// Runs until the loop ends.
    private static func writeKeyUses(_ authenticator: Authenticator, every interval: Duration, on loop: EventLoop) {
        loop.execute {
            loop.schedule(after: interval) {
                loop.spawn {
                    await authenticator.writeKeyUses()
                    writeKeyUses(authenticator, every: interval, on: loop)
                }
            }
        }
    }

    /// Runs until the loop ends. A job that fails is retried when it is next due.
    private static func runJobs(
        _ jobs: [Job], _ database: Database, _ telemetry: any TelemetrySink, _ book: JobBook, every interval: Duration,
        on loop: EventLoop
    ) {
        loop.execute {
            loop.schedule(after: interval) {
                loop.spawn {
                    for job in jobs {
                        let start = ContinuousClock.now
                        do {
                            guard let outcome = try await job.runIfDue(database) else { continue }
                            let duration = ContinuousClock.now - start
                            let milliseconds = Int(duration / .milliseconds(1))
                            telemetry.record(.jobFinished(name: job.name, changed: outcome.changed, milliseconds: milliseconds))
                        } catch {
                            telemetry.record(.jobFailed(name: job.name, sqlState: (error as? PostgresError)?.sqlState ?? ""))
                        }
                    }
                    if let runs = try? await Job.lastRuns(database) { book.note(runs) }
                    runJobs(jobs, database, telemetry, book, every: interval, on: loop)
                }
            }
        }
    }

    /// Writes key uses for the last time, on a loop, which owns the connections. A database that does not answer does
    /// not delay shutdown.
    private func writeKeyUses() async {
        let writing = loops[0].spawn { [authenticator] in await authenticator.writeKeyUses() }
        let limit = Task {
            try? await Task.sleep(for: .seconds(1))
            writing.cancel()
        }
        await writing.value
        limit.cancel()
    }

    /// Tells clients to go elsewhere, lets requests in progress finish, and ends.
    /// - Parameter grace: How long everything is still served; nil takes the configuration's.
    public func stop(grace: Duration? = nil) async {
        telemetry.record(.serverStopping)
        readiness.startDraining()
        await http.drain(grace: grace ?? configuration.drainGrace, within: configuration.drainLimit)
        await metricsServer?.drain(within: .seconds(1))
        await tracer?.exporter.stop()
        await writeKeyUses()
        await database.close()
        largeRequests.stop()
        for loop in loops {
            loop.stop()
            loop.join()
        }
    }
}
