internal import CustomerOS
internal import EventLoop
internal import Glibc
internal import Postgres
internal import Telemetry

/// `serve`: runs the server until it is told to end.
enum ServeCommand {
    static let command = Command(
        "serve", "Serve the API until SIGTERM or SIGINT, then let running requests finish. SIGHUP reads the certificate again.",
        options: ServeSettings.all
    ) { try run($0) }

    private static func run(_ arguments: Arguments) throws {
        // Before any thread is there, so that only this one takes the signals.
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&signals, signal) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)

        guard (arguments.text("tls-certificate") == nil) == (arguments.text("tls-key") == nil) else {
            throw UsageError("TLS needs both files: give --tls-certificate and --tls-key.")
        }
        let store = try Store.open(arguments)
        defer { store.cluster?.stop() }
        let configuration = try self.configuration(arguments, store)
        let server = try waitFor { try await Server(configuration) }
        CommandLineInterface.write(banner(server, configuration, store), to: STDOUT_FILENO)

        var received: Int32 = 0
        repeat {
            sigwait(&signals, &received)
            if received == SIGHUP { server.reloadCertificate() }
        } while received == SIGHUP
        CommandLineInterface.write("Stopping: requests that run may finish.\n", to: STDOUT_FILENO)
        try waitFor { await server.stop() }
    }

    /// The database that is served, and what is known of it.
    private struct Store {
        let connectionString: String
        let cluster: EmbeddedCluster?
        let demoKey: APIKey?

        static func open(_ arguments: Arguments) throws -> Store {
            if let url = arguments.text("database-url") {
                try prepare(url, mayMigrate: arguments.flag("migrate") == true)
                return Store(connectionString: url, cluster: nil, demoKey: nil)
            }
            let cluster = try EmbeddedCluster.start(dataDirectory: arguments.text("data-dir") ?? ".data")
            do {
                let connection = try prepare(cluster.connectionString, mayMigrate: true)
                let secret = arguments.text("demo-api-key")
                let key = try Administration(connection).prepareDemo(script: API.demoScript, secret: secret)
                return Store(connectionString: cluster.connectionString, cluster: cluster, demoKey: key)
            } catch {
                cluster.stop()
                throw error
            }
        }

        @discardableResult
        private static func prepare(_ connectionString: String, mayMigrate: Bool) throws -> BlockingConnection {
            let connection = try BlockingConnection(DatabaseConfiguration(connectionString: connectionString))
            guard connection.serverVersion >= 150_000 else { throw Failure(description: "PostgreSQL 15 or later is needed.") }
            let migrator = Migrator(API.migrations, on: connection)
            if mayMigrate {
                _ = try migrator.apply()
            } else {
                let pending = try migrator.status().pending
                guard pending.isEmpty else {
                    throw Failure(
                        description:
                            "The database lacks \(pending.count) migrations (\(pending.joined(separator: ", "))). Run `customeros-api migrate`, or start with --migrate."
                    )
                }
            }
            return connection
        }
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static func configuration(_ arguments: Arguments, _ store: Store) throws -> Server.Configuration {
        var database = DatabaseConfiguration(connectionString: store.connectionString)
        database.poolSize = arguments.number("pool-size") ?? 8
        database.usesNamedStatements = arguments.flag("prepared-statements") ?? true
        var configuration = Server.Configuration(database: database)
        configuration.host = arguments.text("host") ?? "127.0.0.1"
        configuration.port = UInt16(clamping: arguments.number("port") ?? 10_000)
        if let certificate = arguments.text("tls-certificate"), let key = arguments.text("tls-key") {
            configuration.certificateFiles = (certificate, key)
        }
        configuration.drainLimit = .seconds(arguments.number("drain-limit") ?? 30)
        configuration.loops = arguments.number("loops") ?? max(1, min(8, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        for setting in Limits.settings {
            if let value = arguments.number(setting.name) { configuration.limits[keyPath: setting.place] = value }
        }
        configuration.allowedOrigins = arguments.text("allow-origins") ?? ""
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
        configuration.servesPlayground = arguments.flag("playground") ?? (store.cluster != nil)
        configuration.allowsAnonymousIntrospection = store.cluster != nil && configuration.allowsIntrospection
        return configuration
    }

    /// Nil when nothing is traced. The forms of the texts were checked when the arguments were read.
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
        let scheme = configuration.certificateFiles == nil ? "http" : "https"
        let address = "\(scheme)://\(configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host):\(server.port)"
        var text = "CustomerOS API on \(address)/query\n"
        if configuration.servesPlayground { text += "Playground     \(address)/playground\n" }
        if store.cluster != nil {
            let key = store.demoKey?.secret
            text +=
                key.map { "Demo API key   \($0)\n" }
                ?? "Demo API key   made at the first start; set CUSTOMEROS_DEMO_API_KEY to add one of your own\n"
            text += """

                Try it:
                  curl -s \(address)/query -H 'X-CUSTOMER-OS-API-KEY: \(key ?? "YOUR_KEY")' -H 'Content-Type: application/json' \\
                    -d '{"query":"query { contact_ByEmail(email: \\"buyer@example.com\\") { metadata { id } name jobRoles { jobTitle } } }"}'

                """
        }
        return text + "Stop with Ctrl+C.\n"
    }

    /// Runs asynchronous work from a thread that may wait.
    private static func waitFor<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
        let outcome = Lock<Result<Value, any Error>?>(nil)
        let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        sem_init(semaphore, 0, 0)
        defer {
            sem_destroy(semaphore)
            semaphore.deallocate()
        }
        nonisolated(unsafe) let signal = semaphore
        Task.detached {
            do {
                let value = try await body()
                outcome.withLock { $0 = .success(value) }
            } catch {
                outcome.withLock { $0 = .failure(error) }
            }
            sem_post(signal)
        }
        while sem_wait(semaphore) != 0 {}
        guard let result = outcome.withLock({ $0 }) else { throw Failure(description: "The work ended without result.") }
        return try result.get()
    }
}
