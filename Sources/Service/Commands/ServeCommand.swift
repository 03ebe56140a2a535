internal import CustomerOS
internal import EventLoop
internal import Glibc
internal import GraphQL
internal import HTTP
internal import Postgres
internal import Telemetry

/// `serve`: runs the server until a signal ends it.
enum ServeCommand {
    static let command = Command(
        "serve", "Serve the API until SIGTERM or SIGINT, then let running requests finish. SIGHUP reloads the certificate.",
        options: ServeSettings.all
    ) { try run($0) }

    private static func run(_ arguments: Arguments) throws {
        // Before there are other threads, so that only this one receives the signals.
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&signals, signal) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)

        let manager = ServiceManager.take()
        try ServeSettings.check(arguments)
        let store = try Store.open(arguments, manager)
        defer { store.cluster?.stop() }
        // As a container's first process we inherit orphans: ignoring SIGCHLD reaps ended ones. The database's keeper
        // does not need its child's status.
        signal(SIGCHLD, SIG_IGN)
        var configuration = try self.configuration(
            arguments, connectionString: store.connectionString, isEmbedded: store.cluster != nil)
        configuration.socket = try manager.socket
        configuration.metricsSocket = try manager.metricsSocket
        let server = try Waiting.run { [configuration] in try await Server(configuration) }
        try DatabaseCommands.show(
            arguments, text: banner(server, configuration, store), description(server, configuration, store))

        manager.tell("READY=1", status: "Serving on \(address(server, configuration))", waits: true)
        if let interval = manager.watchdogInterval { server.whileLoopsTurn(every: interval / 3) { manager.tell("WATCHDOG=1") } }

        let loss = Lock<EmbeddedCluster.Failure?>(nil)
        store.cluster?.supervise(limit: .seconds(arguments.number("restart-limit") ?? 30)) { event in
            server.record(event)
            guard case .failed(let failure) = event else { return }
            loss.withLock { $0 = failure }
            // Our supervisor reacts to our exit, not to failing requests.
            kill(getpid(), SIGTERM)
        }
        var received: Int32 = 0
        repeat {
            sigwait(&signals, &received)
            if received == SIGHUP { server.reloadCertificate() }
        } while received == SIGHUP
        manager.tell("STOPPING=1", status: "Running requests may finish", waits: true)
        if arguments.flag("json") != true { CommandLineInterface.write("Stopping: running requests may finish.\n", to: STDOUT_FILENO) }
        // From a terminal there is no other server for clients, and without a database nothing is served.
        let grace = received == SIGINT || loss.withLock({ $0 }) != nil ? Duration.zero : nil
        try Waiting.run { await server.stop(grace: grace) }
        if let failure = loss.withLock({ $0 }) { throw failure }
    }

    /// The database that is served, and what is known about it.
    private struct Store {
        let connectionString: String
        let cluster: EmbeddedCluster?
        let demoKey: APIKey?

        static func open(_ arguments: Arguments, _ manager: ServiceManager) throws -> Store {
            if let url = arguments.text("database-url") {
                try prepare(url, mayMigrate: arguments.flag("migrate") == true, manager)
                return Store(connectionString: url, cluster: nil, demoKey: nil)
            }
            let cluster = try EmbeddedCluster.start(
                dataDirectory: arguments.text("data-dir") ?? ".data",
                logLimit: arguments.number("postgres-log-limit") ?? EmbeddedCluster.standardLogLimit)
            do {
                let connection = try prepare(cluster.connectionString, mayMigrate: true, manager)
                let secret = arguments.text("demo-api-key")
                let key = try Administration(connection).prepareDemo(script: API.demoScript, secret: secret)
                return Store(connectionString: cluster.connectionString, cluster: cluster, demoKey: key)
            } catch {
                cluster.stop()
                throw error
            }
        }

        @discardableResult
        private static func prepare(_ connectionString: String, mayMigrate: Bool, _ manager: ServiceManager) throws -> BlockingConnection {
            let connection = try BlockingConnection(DatabaseConfiguration(connectionString: connectionString))
            guard connection.serverVersion >= 150_000 else { throw Failure(description: "PostgreSQL 15 or later is needed.") }
            try WritableDatabase.check(connection)
            let migrator = try API.migrator(on: connection)
            if mayMigrate {
                _ = try migrator.apply { step in
                    // The manager waits longer while there is progress.
                    manager.tell("EXTEND_TIMEOUT_USEC=600000000", status: "Migrating: \(step.name), \(step.index) of \(step.count)")
                }
            } else {
                let status = try migrator.status()
                guard status.isCurrent else {
                    throw Failure(description: "\(status.lack) Run `customeros-api migrate`, or start with --migrate.")
                }
            }
            return connection
        }
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The server that the settings describe.
    static func configuration(
        _ arguments: Arguments, connectionString: String, isEmbedded: Bool
    ) throws -> Server.Configuration {
        var database = DatabaseConfiguration(connectionString: connectionString)
        database.poolSize = arguments.number("pool-size") ?? 8
        database.usesNamedStatements = arguments.flag("prepared-statements") ?? true
        var configuration = Server.Configuration(database: database)
        configuration.host = arguments.text("host") ?? "127.0.0.1"
        configuration.port = UInt16(clamping: arguments.number("port") ?? 10_000)
        if let certificate = arguments.text("tls-certificate"), let key = arguments.text("tls-key") {
            configuration.certificateFiles = (certificate, key)
        }
        configuration.drainGrace = .seconds(arguments.number("drain-grace") ?? 2)
        configuration.drainLimit = .seconds(arguments.number("drain-limit") ?? 30)
        configuration.loops = loops(arguments)
        for setting in Limits.settings {
            if let value = arguments.number(setting.name) { configuration.limits[keyPath: setting.place] = value }
        }
        configuration.limits.apply(to: &configuration.database)
        configuration.allowedOrigins = arguments.text("allow-origins") ?? ""
        configuration.trustedProxies = arguments.text("trusted-proxies") ?? ""
        configuration.exemptAddresses = arguments.text("exempt-addresses") ?? IPNetworks.loopback
        configuration.metricsPort = arguments.number("metrics-port").map { UInt16(clamping: $0) }
        configuration.logFormat = arguments.text("log-format").flatMap(LogWriter.Format.init) ?? .logfmt
        switch arguments.text("log-requests") {
        case "none": configuration.loggedRequests = .none
        case "slow": configuration.loggedRequests = .slow(Double(arguments.number("slow-request") ?? 1000) / 1000)
        default: configuration.loggedRequests = .all
        }
        configuration.slowOperation = Double(arguments.number("slow-request") ?? 1000) / 1000
        configuration.tracing = tracing(arguments)
        configuration.allowsIntrospection = arguments.flag("introspection") ?? true
        configuration.suggestsNames = arguments.flag("suggestions") ?? true
        if let folder = arguments.text("trusted-documents") {
            configuration.trustedDocuments = try TrustedDocuments(folder: folder)
        }
        configuration.servesPlayground = arguments.flag("playground") ?? isEmbedded
        configuration.allowsAnonymousIntrospection = isEmbedded && configuration.allowsIntrospection
        return configuration
    }

    static func loops(_ arguments: Arguments) -> Int {
        arguments.number("loops") ?? max(1, min(8, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }

    static func address(_ server: Server, _ configuration: Server.Configuration) -> String {
        let scheme = configuration.certificateFiles == nil ? "http" : "https"
        return "\(scheme)://\(server.host.contains(":") ? "[\(server.host)]" : server.host):\(server.port)"
    }

    /// What a program that starts the server needs to know.
    private static func description(_ server: Server, _ configuration: Server.Configuration, _ store: Store) -> InputValue {
        let address = address(server, configuration)
        return .object([
            "url": .string("\(address)/query"), "host": .string(server.host), "port": .integer(Int64(server.port)),
            "metricsPort": .integer(Int64(server.metricsPort ?? server.port)),
            "playground": configuration.servesPlayground ? .string("\(address)/playground") : .null,
            "demoKey": store.demoKey.map { .string($0.secret) } ?? .null, "processId": .integer(Int64(getpid())),
        ])
    }

    /// Nil if nothing is traced. The texts' format was checked when the arguments were parsed.
    private static func tracing(_ arguments: Arguments) -> TracingConfiguration? {
        let sampler = TraceSampler(
            name: arguments.text("trace-sampler") ?? "parentbased_always_on",
            ratio: arguments.text("trace-sampler-argument").flatMap { Double($0) } ?? 1)
        guard let endpoint = arguments.text("otlp-endpoint"), let sampler, sampler != .alwaysOff else { return nil }
        var configuration = TracingConfiguration(
            endpoint: endpoint, headers: arguments.text("otlp-headers") ?? "", sampler: sampler,
            serviceName: arguments.text("service-name") ?? "customeros-api")
        configuration?.trustedCertificates = arguments.text("otlp-certificate")
        configuration?.limit = .milliseconds(arguments.number("otlp-timeout") ?? 10_000)
        return configuration
    }

    private static func banner(_ server: Server, _ configuration: Server.Configuration, _ store: Store) -> String {
        let address = address(server, configuration)
        var text = "CustomerOS API on \(address)/query\n"
        if configuration.servesPlayground { text += "Playground     \(address)/playground\n" }
        if store.cluster != nil {
            let key = store.demoKey?.secret
            text +=
                key.map { "Demo API key   \($0)\n" }
                ?? "Demo API key   created at the first start; set CUSTOMEROS_DEMO_API_KEY to add one of your own\n"
            text += """

                Try it:
                  curl -s \(address)/query -H 'X-CUSTOMER-OS-API-KEY: \(key ?? "YOUR_KEY")' -H 'Content-Type: application/json' \\
                    -d '{"query":"query { contact_ByEmail(email: \\"buyer@example.com\\") { metadata { id } name jobRoles { jobTitle } } }"}'

                """
        }
        return text + "Stop with Ctrl+C."
    }
}
