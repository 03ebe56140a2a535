internal import Glibc
internal import Telemetry

/// Encodes spans as OTLP/JSON: `ExportTraceServiceRequest`. Ids are hexadecimal, 64-bit numbers are strings
/// (OpenTelemetry protocol specification, "JSON Protobuf Encoding").
struct SpanEncoder: Sendable {
    /// The sender, the same in every batch.
    private let beginning: String

    init(serviceName: String) {
        let process = [
            ("service.name", Span.Value.text(serviceName)), ("service.version", .text(Program.version)),
            ("process.pid", .integer(Int(getpid()))), ("telemetry.sdk.name", .text("customeros-api")),
            ("telemetry.sdk.language", .text("swift")), ("telemetry.sdk.version", .text(Program.version)),
        ]
        beginning =
            "{\"resourceSpans\":[{\"resource\":{\"attributes\":\(Self.attributes(process))},\"scopeSpans\":[{\"scope\":{\"name\":\"customeros-api\","
            + "\"version\":\"\(Program.version)\"},\"spans\":["
    }

    func body(of spans: [Span]) -> [UInt8] {
        var text = beginning
        for (index, span) in spans.enumerated() {
            if index > 0 { text += "," }
            text += "{\"traceId\":\"\(span.traceID)\",\"spanId\":\"\(span.spanID)\""
            if !span.traceState.isEmpty { text += ",\"traceState\":\(JSONText.quoted(span.traceState))" }
            if !span.parentID.isEmpty { text += ",\"parentSpanId\":\"\(span.parentID)\"" }
            text += ",\"name\":\(JSONText.quoted(span.name)),\"kind\":\(span.kind.rawValue)"
            text += ",\"startTimeUnixNano\":\"\(span.start)\",\"endTimeUnixNano\":\"\(span.end)\""
            text += ",\"attributes\":\(Self.attributes(span.attributes)),\"status\":\(span.hasFailed ? "{\"code\":2}" : "{}")}"
        }
        return Array((text + "]}]}]}").utf8)
    }

    private static func attributes(_ attributes: [Span.Attribute]) -> String {
        let texts = attributes.map { name, value in
            switch value {
            case .text(let text): "{\"key\":\"\(name)\",\"value\":{\"stringValue\":\(JSONText.quoted(text))}}"
            case .integer(let number): "{\"key\":\"\(name)\",\"value\":{\"intValue\":\"\(number)\"}}"
            }
        }
        return "[\(texts.joined(separator: ","))]"
    }
}
