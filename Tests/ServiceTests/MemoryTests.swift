import Foundation
import Service
import Testing

extension ServiceSuite.OneByOne.Servers {
    @Suite("The memory budget")
    struct MemoryTests {
        /// Bytes held, by part, according to the metrics.
        private static func held(_ port: UInt16) throws -> [String: Int] {
            let lines = try HTTPClient(port: port).send("GET", "/metrics").body.split(separator: "\n")
            var held: [String: Int] = [:]
            for line in lines where line.contains("memory_budget_used_bytes{part=\"") {
                let parts = line.split(separator: "\"")
                held[String(parts[1])] = parts.last.flatMap { Int(Double($0.dropFirst(2)) ?? -1) }
            }
            return held
        }

        /// Waits until nothing is held for requests.
        private static func isGivenBack(_ port: UInt16) async throws -> Bool {
            for _ in 0..<100 {
                let held = try held(port)
                if ["bodies", "requests", "answers"].allSatisfy({ held[$0] == 0 }) { return true }
                try await Task.sleep(for: .milliseconds(50))
            }
            return false
        }

        private static func head(_ length: Int, key: String) -> String {
            "POST /query HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nX-CUSTOMER-OS-API-KEY: \(key)\r\nContent-Length: \(length)\r\n\r\n"
        }

        private static let small = "{\"query\":\"{ user_Current { id } }\"}"
        /// Its answer is larger than a hundred kilobytes, whatever the data.
        private static let large = "{ __schema { types { name description fields { name description args { name description } } } } }"

        @Test("refuses bodies with 503 when a tenant's share is full, and serves others and then the tenant again")
        func bodies() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.limits.memoryBytes = 16 << 20
            } _: { port in
                // Half of 16 MiB is the share; each body lacks one byte.
                var clients: [HTTPClient] = []
                var refused: String?
                for _ in 0..<16 {
                    let client = try HTTPClient(port: port)
                    try client.write(Self.head(600_000, key: server.key) + String(repeating: " ", count: 599_999))
                    clients.append(client)
                }
                for _ in 0..<100 where refused == nil {
                    let metrics = try HTTPClient(port: port).send("GET", "/metrics").body
                    if !metrics.contains("memory_budget_refusals_total 0") { refused = metrics }
                    try await Task.sleep(for: .milliseconds(50))
                }
                #expect(refused != nil)
                #expect(try Self.held(port).values.reduce(0, +) <= 16 << 20)
                let other = try HTTPClient(port: port).send(
                    "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.otherKey],
                    body: Self.small)
                #expect(other.status == 200)
                var statuses: [Int] = []
                for client in clients {
                    let answer = try client.exchange(" ")
                    statuses.append(answer.status)
                    if answer.status == 503 { #expect(answer.headers["retry-after"] == "1") }
                }
                #expect(statuses.contains(503) && statuses.contains(400), "\(statuses)")
                #expect(try await Self.isGivenBack(port))
                let again = try HTTPClient(port: port).send(
                    "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key], body: Self.small)
                #expect(again.status == 200)
            }
        }

        @Test("refuses what it cannot hold with 503 and the limit's name, and keeps nothing of it")
        func answers() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.limits.memoryBytes = 1 << 20
                $0.limits.memoryShare = 20
            } _: { port in
                let body = "{\"query\":\(try jsonText(Self.large))}"
                for query in [body, Self.small] {
                    let answer = try HTTPClient(port: port).send(
                        "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key], body: query)
                    if query == body {
                        #expect(answer.status == 503, "\(answer.status) \(answer.body.prefix(300))")
                        #expect(answer.body.contains("\"limitName\":\"memory\"") && !answer.body.contains("\"data\""))
                        #expect(answer.headers["retry-after"] == "1")
                    } else {
                        #expect(answer.status == 200)
                    }
                    #expect(try await Self.isGivenBack(port))
                }
            }
        }

        @Test("is released when clients disconnect in the middle of a head, a body or an answer")
        func goneAway() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.limits.writeMilliseconds = 60_000
            } _: { port in
                var clients: [HTTPClient] = []
                let body = "{\"query\":\(try jsonText(Self.large))}"
                for text in [
                    "GET /query HTTP/1.1\r\nHost: a\r\nA: \(String(repeating: "x", count: 20_000))",
                    Self.head(100_000, key: server.key) + String(repeating: " ", count: 50_000),
                    Self.head(100_000, key: server.key).replacingOccurrences(
                        of: "Content-Length: 100000", with: "Transfer-Encoding: chunked") + "ffff\r\n"
                        + String(repeating: " ", count: 40_000),
                    String(repeating: Self.head(body.utf8.count, key: server.key) + body, count: 30),
                ] {
                    let client = try HTTPClient(port: port)
                    try client.write(text)
                    clients.append(client)
                }
                var bodies = 0
                for _ in 0..<100 where bodies < 100_000 {
                    bodies = try Self.held(port)["bodies"] ?? 0
                    try await Task.sleep(for: .milliseconds(20))
                }
                #expect(bodies >= 100_000)
                clients = []
                #expect(try await Self.isGivenBack(port))
            }
        }

        @Test("counts kept documents and the answers kept with them")
        func documents() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer { _ in
            } _: { port in
                let headers = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key]
                let before = try Self.held(port)["documents"] ?? 0
                let question = "{ __schema { types { name description fields { name description } } } }"
                let client = try HTTPClient(port: port)
                let first = try client.send("POST", "/query", headers: headers, body: "{\"query\":\"\(question)\"}")
                let after = try Self.held(port)["documents"] ?? 0
                // The answer takes most of it.
                #expect(after - before > first.body.utf8.count && first.body.utf8.count > 10_000)
                _ = try client.send("POST", "/query", headers: headers, body: "{\"query\":\"\(question)\"}")
                #expect(try Self.held(port)["documents"] == after)
                // Values of a document, which have no fields.
                let list = repeatElement("1", count: 900).joined(separator: " ")
                let values =
                    "{ organizations(where: { filter: { property: \"NAME\", operation: IN, value: [\(list)] } }) { totalElements } }"
                _ = try client.send("POST", "/query", headers: headers, body: "{\"query\":\(try jsonText(values))}")
                #expect(try (Self.held(port)["documents"] ?? 0) - after > 900 * 64)
            }
        }
    }
}
