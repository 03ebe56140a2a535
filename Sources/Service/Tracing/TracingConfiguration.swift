internal import HTTP
internal import Telemetry

/// Which requests are traced, and where their spans go.
public struct TracingConfiguration: Sendable {
    /// Where the collector accepts traces: `http://host:4318/v1/traces`.
    let collector: OutgoingRequest.Address
    /// Further header fields for the collector, such as a key.
    let fields: [HTTPField]
    let sampler: TraceSampler
    let serviceName: String
    /// A file of certificates to trust instead of the system's.
    var trustedCertificates: String?
    /// For one batch.
    var limit = Duration.seconds(10)
    /// The most spans that wait; any more are dropped and counted.
    var queueLimit = 8_192
    var batchLimit = 512
    var interval = Duration.seconds(5)
    /// The delay after the first failure; each further one doubles it, up to a minute.
    var backOff = Duration.seconds(1)
    /// How long spans may still be sent during shutdown.
    var closingLimit = Duration.seconds(2)

    /// - Parameters:
    ///   - endpoint: `OTEL_EXPORTER_OTLP_ENDPOINT`: the collector's address, to which `/v1/traces` is added.
    ///   - headers: `OTEL_EXPORTER_OTLP_HEADERS`: `name=value`, separated by commas, values percent-encoded.
    /// - Returns: nil if one of them is malformed.
    init?(endpoint: String, headers: String = "", sampler: TraceSampler = .parentBased(ratio: 1), serviceName: String = "customeros-api") {
        guard var collector = OutgoingRequest.Address(endpoint), let fields = Self.fields(headers) else { return nil }
        while collector.path.hasSuffix("/") { collector.path.removeLast() }
        collector.path += "/v1/traces"
        self.collector = collector
        self.fields = fields
        self.sampler = sampler
        self.serviceName = serviceName
    }

    /// What is wrong with an endpoint, as the end of a sentence, or nil.
    static func problem(withEndpoint text: String) -> String? {
        OutgoingRequest.Address(text) == nil ? "must be an address like http://localhost:4318, without user and query" : nil
    }

    /// The same for headers, without showing them.
    static func problem(withHeaders text: String) -> String? {
        fields(text) == nil ? "must be name=value, separated by commas, with values percent-encoded" : nil
    }

    private static func fields(_ text: String) -> [HTTPField]? {
        var fields: [HTTPField] = []
        for pair in text.split(separator: ",") where !pair.trimmed.isEmpty {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let value = parts[1].trimmed.replacing("+", with: "%2B").formDecoded else { return nil }
            let name = parts[0].trimmed
            let isName =
                !name.isEmpty && name.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D }
            guard isName, value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
            fields.append(HTTPField(name, value))
        }
        return fields
    }
}
