import CustomerOS
import Foundation
import Postgres
import Service
import Testing

extension ServiceSuite.OneByOne.Servers {
    /// What a restart of PostgreSQL, an administrator or a failover does, repeatedly while clients are at work.
    @Suite("A server whose sessions are ended")
    struct LostSessionTests {
        @Test("answers every request, reports correctly what was written, and recovers")
        func load() async throws {
            let tenant = try await TestTenant.make()
            // Only this server's sessions, by a unique name.
            let name = "lost-\(UUID().uuidString)"
            let database = DatabaseConfiguration(connectionString: tenant.server.connectionString + " application_name=\(name)")
            let server = try await tenant.server.start {
                $0.database = database
                $0.drainLimit = .seconds(60)
            }
            let isAtWork = Stop()
            let terminator = Thread {
                let admin = try? tenant.database()
                while !isAtWork.isSet {
                    _ = try? admin?.run(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1", [.text(name)])
                    usleep(30_000)
                }
                isAtWork.end.signal()
            }
            terminator.start()
            let clients = 6
            let answers = await Clients.run(clients) { client in
                try (0..<40).map { number in
                    let document =
                        number % 2 == 0
                        ? "mutation { contact_Create(input: { name: \"Lost \(client)-\(number)\" }) }"
                        : "{ contacts(pagination: { page: 1, limit: 3 }) { totalElements content { name } } tenant }"
                    return try Self.send(document, port: server.port, key: tenant.key)
                }
            }
            isAtWork.set()
            await isAtWork.ended()

            #expect(answers.count == clients, "a request was not answered")
            var lost = 0
            let written = try tenant.database().run("SELECT name FROM contact WHERE tenant_id = $1", [tenant.id])
            let names = (0..<written.rowCount).compactMap { written.text($0, 0) }
            for (client, answers) in answers.enumerated() {
                for (number, answer) in answers.enumerated() {
                    #expect(answer.codes.allSatisfy { $0 == "DATABASE_UNAVAILABLE" }, "\(answer.body)")
                    if !answer.codes.isEmpty { lost += 1 }
                    guard number % 2 == 0 else { continue }
                    let count = names.count { $0 == "Lost \(client)-\(number)" }
                    if answer.codes.isEmpty {
                        #expect(count == 1, "\(answer.body)")
                    } else if !answer.body.contains("\"outcome\":\"unknown\"") {
                        #expect(count == 0, "\(answer.body)")
                    }
                }
            }
            #expect(lost > 0, "no session ended at work")

            // The last sessions may have just ended: that is one answer, not a state.
            for attempt in 0..<100 {
                let answers = try ["mutation { contact_Create(input: { name: \"Afterwards\" }) }", "{ tenant }"].map {
                    try Self.send($0, port: server.port, key: tenant.key)
                }
                let readiness = try HTTPClient(port: server.port).send("GET", "/readiness").status
                if answers.allSatisfy(\.codes.isEmpty), readiness == 200 { break }
                #expect(attempt < 99, "\(answers.map(\.body)), \(readiness)")
                try await Task.sleep(for: .milliseconds(50))
            }
            let start = ContinuousClock.now
            await server.stop()
            // Nothing is in progress, so nothing is waited for.
            #expect(ContinuousClock.now - start < .seconds(15))
        }

        private static func send(_ document: String, port: UInt16, key: String) throws -> Answer {
            let headers = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": key]
            let body = "{\"query\":\(try jsonText(document))}"
            return try Answer(HTTPClient(port: port).send("POST", "/query", headers: headers, body: body))
        }

        /// Signals a thread to end, and that it has.
        private final class Stop: @unchecked Sendable {
            private let lock = NSLock()
            private var value = false
            let end = DispatchSemaphore(value: 0)

            var isSet: Bool { lock.withLock { value } }
            func set() { lock.withLock { value = true } }

            func ended() async {
                await withCheckedContinuation { continuation in
                    Thread.detachNewThread {
                        self.end.wait()
                        continuation.resume()
                    }
                }
            }
        }
    }
}
