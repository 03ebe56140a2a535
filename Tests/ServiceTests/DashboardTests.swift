import CustomerOS
import EventLoop
import Foundation
import HTTP
import TestSupport
import Testing

@testable import Service

extension ServiceSuite.OneByOne.Jobs {
    /// `deploy/grafana-dashboard.json` and `deploy/prometheus-alerts.yml`.
    @Suite("The dashboard and the alerts")
    struct DashboardTests {
        private static let deploy = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../deploy")

        private static func dashboard() throws -> [String: Any] {
            let data = try Data(contentsOf: deploy.appending(path: "grafana-dashboard.json"))
            return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
        }

        private static func dashboardExpressions() throws -> [String] {
            try dashboard().objects("panels").flatMap { $0.objects("targets") }.map {
                $0.text("expr").replacingOccurrences(of: "$__rate_interval", with: "5m").replacingOccurrences(of: "$instance", with: ".*")
            }
        }

        private static func alerts() throws -> [[String: String]] {
            var alerts: [[String: String]] = []
            for line in try String(contentsOf: deploy.appending(path: "prometheus-alerts.yml"), encoding: .utf8).split(separator: "\n") {
                let text = line.trimmingCharacters(in: .whitespaces)
                if text.hasPrefix("- alert: ") { alerts.append(["alert": String(text.dropFirst(9))]) }
                for key in ["expr", "severity", "summary", "action"] where text.hasPrefix("\(key): ") && !alerts.isEmpty {
                    alerts[alerts.count - 1][key] = String(text.dropFirst(key.count + 2))
                }
            }
            return alerts
        }

        /// The metrics of an expression: names not in braces, label lists or function calls.
        private static func metrics(in expression: String) -> Set<String> {
            var text = expression.replacing(/\{[^}]*\}/, with: "").replacing(/"[^"]*"/, with: "").replacing(/\[[^\]]*\]/, with: "")
            text = text.replacing(/(by|without) *\([^)]*\)/, with: " ")
            let words = text.matches(of: /[a-z][a-z_0-9]*(?= *\(?)/).compactMap { match -> String? in
                let after = text[match.range.upperBound...].drop { $0 == " " }
                let word = String(match.output)
                return after.hasPrefix("(") || ["or", "and", "unless", "by", "up"].contains(word) ? nil : word
            }
            return Set(words)
        }

        /// The metric families of a server that has done something of every kind, with their label names.
        private func served() async throws -> [String: Set<String>] {
            let server = try await TestServer.apart.value
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            var text = ""
            let certificate = folder.path + "/certificate.pem"
            let made = try Tool.run(
                "openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-out", certificate, "-keyout", folder.path + "/key.pem",
                ])
            try #require(made.status == 0, "\(made.output)")
            try await server.withRunningServer {
                $0.metricsPort = 0
                $0.certificateFiles = (certificate, folder.path + "/key.pem")
                $0.tracing = TracingConfiguration(endpoint: "http://127.0.0.1:9")
                $0.jobs = try [#require(Job.named("contracts"))]
                $0.jobCheckInterval = .milliseconds(20)
            } _: { running in
                for (key, query) in [(server.key, "{ organizations { totalElements } }"), ("wrong", "{ a }"), (server.key, "{ a }")] {
                    var request = OutgoingRequest("POST", try #require(OutgoingRequest.Address("https://127.0.0.1:\(running.port)/query")))
                    request.trustedCertificates = certificate
                    request.fields = [HTTPField("Content-Type", "application/json"), HTTPField("X-CUSTOMER-OS-API-KEY", key)]
                    request.body = Array("{\"query\":\(try jsonText(query))}".utf8)
                    let sent = request
                    let answers = await Clients.run(1) { _ in try sent.send().status }
                    #expect(answers.count == 1)
                }
                _ = try? HTTPClient(port: running.port).send("GET", "/")
                text = try HTTPClient(port: try #require(running.metricsPort)).send("GET", "/metrics").body
            }
            var families: [String: Set<String>] = [:]
            for line in text.split(separator: "\n") {
                if line.hasPrefix("# TYPE ") { families[String(line.split(separator: " ")[2]), default: []].formUnion([]) }
                guard !line.hasPrefix("#"), let name = line.prefixMatch(of: /[a-z_]+/) else { continue }
                families[String(name.output), default: []].formUnion(line.matches(of: /([a-z_]+)="/).map { String($0.output.1) })
            }
            return families
        }

        @Test("name only metrics that a server has")
        func names() async throws {
            let families = try await served()
            let expressions = try Self.dashboardExpressions() + Self.alerts().compactMap { $0["expr"] }
            #expect(expressions.count > 60)
            var used: Set<String> = []
            for expression in expressions {
                let metrics = Self.metrics(in: expression)
                #expect(!metrics.isEmpty || expression.hasPrefix("up{"), "\(expression)")
                for metric in metrics { #expect(families[metric] != nil, "\(metric) in \(expression)") }
                used.formUnion(metrics.map { $0.replacing(/_(bucket|sum|count)$/, with: "") })
            }
            // And everything that a server has is shown somewhere.
            let all = Set(families.keys.map { $0.replacing(/_(bucket|sum|count)$/, with: "") })
            #expect(all.subtracting(used).isEmpty, "\(all.subtracting(used).sorted())")
        }

        @Test("show panels of kinds that Grafana has, each with a position and a title; alerts say what to do")
        func shape() throws {
            let panels = try Self.dashboard().objects("panels")
            #expect(Set(panels.map { $0.number("id") }).count == panels.count && panels.count > 25)
            for panel in panels {
                #expect(["row", "timeseries", "stat"].contains(panel.text("type")) && !panel.text("title").isEmpty)
                let place = panel.object("gridPos")
                #expect(place.number("x") >= 0 && place.number("x") + place.number("w") <= 24 && place.number("h") > 0)
                #expect(panel.text("type") == "row" || !panel.objects("targets").isEmpty)
            }
            let alerts = try Self.alerts()
            #expect(Set(alerts.map { $0["alert"] ?? "" }).count == alerts.count && alerts.count > 10)
            for alert in alerts { #expect(Set(alert.keys) == ["alert", "expr", "severity", "summary", "action"], "\(alert)") }
        }

        private static let promtool: String? =
            ([ProcessInfo.processInfo.environment["PROMTOOL"] ?? ""]
            + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/promtool" }).first {
                FileManager.default.isExecutableFile(atPath: $0)
            }

        @Test(
            "are accepted by Prometheus's own tool",
            .enabled(if: promtool != nil, "promtool is missing (Debian's package prometheus); PROMTOOL may name it"))
        func accepted() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            var rules = "groups:\n  - name: dashboard\n    rules:\n"
            for (number, expression) in try Self.dashboardExpressions().enumerated() {
                rules += "      - record: panel_\(number)\n        expr: '\(expression.replacingOccurrences(of: "'", with: "''"))'\n"
            }
            try rules.write(toFile: folder.path + "/rules.yml", atomically: true, encoding: .utf8)
            let judged = try Tool.run(
                try #require(Self.promtool),
                ["check", "rules", Self.deploy.appending(path: "prometheus-alerts.yml").path, folder.path + "/rules.yml"])
            #expect(judged.status == 0 && judged.output.contains("SUCCESS"), "\(judged.output)")
        }
    }
}
