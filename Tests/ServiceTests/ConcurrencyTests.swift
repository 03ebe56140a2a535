import EventLoop
import Foundation
import Testing

extension ServiceSuite.OneByOne.Servers {
    /// Many connections at once, every body compared. `SMOKE_REQUESTS` says how many requests; 20,000 without it.
    @Suite("Under load")
    struct ConcurrencyTests {
        private static let queries = [
            "{ organization(id: \"org-123\") { name domains opportunities { name amount } } }",
            "{ organization(id: \"01900000-0000-7000-8000-000000000005\") { metadata { id created lastUpdated source } name website domains stage opportunities { metadata { id } name amount internalStage renewalLikelihood } } }",
            "{ contacts(pagination: { page: 2, limit: 7 }, sort: [{ by: \"CREATED_AT\", direction: ASC }]) { content { metadata { id } name prefix primaryEmail { email } } } }",
            "{ contact_ByEmail(email: \"buyer@example.com\") { metadata { id } name jobRoles { jobTitle } } }",
            "{ opportunities_LinkedToOrganizations(pagination: { page: 0, limit: 5 }) { content { name organization { name owner { name } } } } }",
            "{ organizations(sort: [{ by: \"nothing\" }]) { totalElements } }",
            "{ __type(name: \"Contact\") { name fields { name } } }",
        ]

        @Test("64 connections get the right answer to every request")
        func smoke() async throws {
            let server = try await TestServer.shared.value
            let total = Int(ProcessInfo.processInfo.environment["SMOKE_REQUESTS"] ?? "") ?? 20_000
            let expected = try Self.queries.map { try server.query($0, key: server.key).body }
            let wrong = Lock(0)
            let done = Lock(0)
            let threads = (0..<64).map { thread in
                let semaphore = DispatchSemaphore(value: 0)
                Thread.detachNewThread {
                    defer { semaphore.signal() }
                    guard let client = try? HTTPClient(port: server.port) else { return wrong.withLock { $0 += 1 } }
                    for number in 0..<total / 64 {
                        let index = (thread + number) % Self.queries.count
                        let body = "{\"query\":\((try? jsonText(Self.queries[index])) ?? "")}"
                        let headers = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key]
                        let answer = try? client.send("POST", "/query", headers: headers, body: body)
                        if answer?.body != expected[index] || answer?.status != 200 { wrong.withLock { $0 += 1 } }
                        done.withLock { $0 += 1 }
                    }
                }
                return semaphore
            }
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                Thread.detachNewThread {
                    for thread in threads { thread.wait() }
                    continuation.resume()
                }
            }
            #expect(wrong.withLock { $0 } == 0)
            #expect(done.withLock { $0 } == total / 64 * 64)
        }
    }
}
