internal import Glibc
internal import HTTP
internal import Postgres
internal import Telemetry

/// Every setting of `serve`, once: the command line, the environment, the settings file, `--help`, `config print` and
/// docs/configuration.md derive from this list.
enum ServeSettings {
    static let all: [Option] =
        [Arguments.fileOption] + listening + database + graphql + observation + tracing + Limits.settings.map(\.option)

    private static let listening =
        [
            Option("host", value: "ADDRESS", environment: "HOST", "Where to listen", default: "127.0.0.1"),
            Option("port", value: "NUMBER", environment: "PORT", "The port", kind: .number(0...65_535), default: "10000"),
            Option(
                "loops", value: "NUMBER", environment: "LOOPS", "Event loops", kind: .number(1...64),
                default: "one per processor, eight at most"),
            Option(
                "drain-grace", value: "SECONDS", environment: "DRAIN_GRACE",
                "How long everything is still served after SIGTERM, while clients and load balancers switch away", kind: .number(0...3600),
                default: "2"),
            Option(
                "drain-limit", value: "SECONDS", environment: "DRAIN_LIMIT", "How long running requests may take on shutdown",
                kind: .number(0...3600), default: "30"), crossOrigin,
            Option(
                "trusted-proxies", value: "LIST", environment: "TRUSTED_PROXIES",
                "Networks of proxies, separated by commas: from them, `X-Forwarded-For` or `Forwarded` says whose request it is",
                kind: .checked(IPNetworks.problem(with:)), default: "none"),
            Option(
                "exempt-addresses", value: "LIST", environment: "EXEMPT_ADDRESSES",
                "Networks, separated by commas, whose addresses have no limits of their own; trusted proxies have none either",
                kind: .checked(IPNetworks.problem(with:)), default: IPNetworks.loopback),
        ] + security

    private static let security = [
        Option(
            "tls-certificate", value: "FILE", environment: "TLS_CERTIFICATE",
            "Speak HTTPS with this certificate: PEM, followed by intermediate ones; SIGHUP reloads it",
            kind: .inputFile, default: "HTTP"),
        Option(
            "tls-key", value: "FILE", environment: "TLS_KEY", "The certificate's private key: PEM, without a passphrase",
            kind: .inputFile, default: "HTTP"),
    ]

    private static let crossOrigin = Option(
        "allow-origins", value: "LIST", environment: "ALLOW_ORIGINS",
        "Origins whose pages may use the API, separated by commas; `*` for all", kind: .checked(CrossOrigin.problem(with:)), default: "none"
    )

    private static let database = [
        DatabaseCommands.databaseURL, DatabaseCommands.dataDirectory,
        Option("migrate", "Bring a given database's schema to this version first"),
        Option(
            "pool-size", value: "NUMBER", environment: "DATABASE_POOL_SIZE", "Connections for transactions and slow reads",
            kind: .number(1...1000), default: "8"),
        Option(
            "prepared-statements", value: "BOOLEAN", environment: "DATABASE_PREPARED_STATEMENTS",
            "Keep statements prepared; false behind a pooler in transaction mode", kind: .boolean, default: "true"),
        Option(
            "restart-limit", value: "SECONDS", environment: "RESTART_LIMIT",
            "How long the server tries to restart the embedded PostgreSQL before it exits", kind: .number(1...3600), default: "30"),
        Option(
            "postgres-log-limit", value: "BYTES", environment: "POSTGRES_LOG_LIMIT",
            "How large the embedded PostgreSQL's log may become before it is rotated", kind: .number(65_536...1 << 30),
            default: String(EmbeddedCluster.standardLogLimit)),
        Option(
            "demo-api-key", value: "SECRET", environment: "CUSTOMEROS_DEMO_API_KEY", "The demo tenant's key in the embedded database",
            kind: .secret, default: "created at the first start"),
    ]

    private static let observation = [
        Option(
            "metrics-port", value: "NUMBER", environment: "PORT_METRICS", "The port of /metrics", kind: .number(0...65_535),
            default: "the main port"),
        Option(
            "log-format", value: "WORD", environment: "LOG_FORMAT", "`logfmt` or `json`", kind: .word(["logfmt", "json"]), default: "logfmt"
        ),
        Option(
            "log-requests", value: "WORD", environment: "LOG_REQUESTS", "Which requests are logged: `all`, `slow` or `none`",
            kind: .word(["all", "slow", "none"]), default: "all"),
        Option(
            "slow-request", value: "MILLISECONDS", environment: "SLOW_REQUEST",
            "From when an operation is slow: the log then has its statements",
            kind: .number(0...3_600_000), default: "1000"),
    ]

    private static let tracing = [
        Option(
            "otlp-endpoint", value: "URL", environment: "OTEL_EXPORTER_OTLP_ENDPOINT",
            "Export spans to this collector, as OTLP in JSON over HTTP", kind: .checked(TracingConfiguration.problem(withEndpoint:)),
            default: "no tracing"),
        Option(
            "otlp-headers", value: "SECRET", environment: "OTEL_EXPORTER_OTLP_HEADERS",
            "Header fields for the collector: `name=value`, separated by commas",
            kind: .checkedSecret(TracingConfiguration.problem(withHeaders:)), default: "none"),
        Option(
            "otlp-certificate", value: "FILE", environment: "OTEL_EXPORTER_OTLP_CERTIFICATE",
            "The certificates to trust when the collector speaks HTTPS", default: "the system's"),
        Option(
            "otlp-timeout", value: "MILLISECONDS", environment: "OTEL_EXPORTER_OTLP_TIMEOUT", "How long the collector may take for a batch",
            kind: .number(10...600_000), default: "10000"),
        Option(
            "service-name", value: "NAME", environment: "OTEL_SERVICE_NAME", "What the service is called in traces",
            default: "customeros-api"),
        Option(
            "trace-sampler", value: "WORD", environment: "OTEL_TRACES_SAMPLER",
            "Which requests are traced: \(TraceSampler.names.map { "`\($0)`" }.joined(separator: ", "))",
            kind: .word(TraceSampler.names), default: "parentbased_always_on"),
        Option(
            "trace-sampler-argument", value: "SHARE", environment: "OTEL_TRACES_SAMPLER_ARG",
            "The share of traces for the samplers by ratio, from 0 to 1",
            kind: .checked { Double($0).map { (0...1).contains($0) } == true ? nil : "must be a number from 0 to 1, not \($0)" },
            default: "1"),
    ]

    private static let graphql = [
        Option(
            "playground", value: "BOOLEAN", environment: "GRAPHQL_PLAYGROUND_ENABLED", "Serve /playground", kind: .boolean,
            default: "with the embedded database only"),
        Option(
            "introspection", value: "BOOLEAN", environment: "GRAPHQL_INTROSPECTION_ENABLED", "Let clients use introspection",
            kind: .boolean, default: "true"),
        Option(
            "suggestions", value: "BOOLEAN", environment: "GRAPHQL_SUGGESTIONS_ENABLED", "Suggest in errors what may have been meant",
            kind: .boolean, default: "true"),
        Option(
            "trusted-documents", value: "FOLDER", environment: "TRUSTED_DOCUMENTS",
            "Serve only the operations of the .graphql and .json files in it", kind: .existingFolder, default: "everything is served"),
    ]

    /// Checks that span several options.
    /// - Throws: `UsageError` with everything that is wrong.
    static func check(_ arguments: Arguments) throws(UsageError) {
        var problems: [String] = []
        if (arguments.text("tls-certificate") == nil) != (arguments.text("tls-key") == nil) {
            problems.append("TLS needs both files: give --tls-certificate and --tls-key.")
        }
        if let folder = arguments.text("trusted-documents") {
            do { _ = try TrustedDocuments(folder: folder) } catch { problems.append("\(error)") }
        }
        if !problems.isEmpty { throw UsageError(problems.joined(separator: "\n")) }
    }
}
