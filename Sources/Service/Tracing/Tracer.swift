internal import Telemetry

/// Decides which requests are traced, and takes their spans.
struct Tracer: Sendable {
    let sampler: TraceSampler
    let exporter: SpanExporter

    /// The trace of a new request, or nil if it is not recorded.
    func trace(below parent: TraceContext?) -> RequestTrace? { RequestTrace(parent: parent, sampler: sampler) }
}
