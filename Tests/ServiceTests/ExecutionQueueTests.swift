import EventLoop
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Service

/// The order and bound of requests, without clocks: a request that has to wait waits until another leaves, or for good.
@Suite("The requests that are executed at a time")
struct ExecutionQueueTests {
    @Test("are bounded, in total and per tenant; the last places are for tenants without one", arguments: [75, 100])
    func bounds(share: Int) async throws {
        let entered = try await onLoop { loop in
            let queue = ExecutionQueue(loops: [loop], limit: 4, tenantShare: share)
            var entered: [Bool] = []
            for tenant: Int32 in [1, 1, 1, 1, 2, 2] { entered.append(await queue.enter(.tenant(tenant))) }
            #expect(queue.counts.refused == entered.filter { !$0 }.count && queue.counts.waiting == 0)
            return entered
        }
        #expect(entered == (share == 75 ? [true, true, true, false, true, false] : [true, true, true, true, false, false]))
    }

    @Test("take turns by tenant when there is room again")
    func turns() async throws {
        let order = try await onLoop { loop in
            let queue = ExecutionQueue(loops: [loop], limit: 2, tenantShare: 100)
            for _ in 0..<2 { _ = await queue.enter(.tenant(1)) }
            let order = Lock<[Int32]>([])
            // They ask in this order: a task starts when created.
            let waiting = [1, 1, 2, 3].map { (tenant: Int32) in
                Task.immediate(executorPreference: loop) {
                    guard await queue.enter(.tenant(tenant)) else { return }
                    order.withLock { $0.append(tenant) }
                    queue.leave(.tenant(tenant))
                }
            }
            queue.leave(.tenant(1))
            for task in waiting { await task.value }
            return order.withLock { $0 }
        }
        #expect(order == [1, 2, 3, 1])
    }
}

extension ServiceSuite.OneByOne.Servers {
    @Suite("A server with more requests than it accepts")
    struct OverloadTests {
        @Test("refuses requests above its limit with 503 and Retry-After, and answers again once there is room", arguments: [2, 3, 4])
        func limit(busy: Int) async throws {
            let server = try await TestServer.shared.value
            let blocker = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
            let id = "01900000-0000-7000-8000-000000000002"
            try blocker.runScript("BEGIN; SELECT 1 FROM organization WHERE id = '\(id)' FOR UPDATE")
            try await server.withServer {
                $0.loops = 1
                $0.limits.requests = 4
                $0.limits.tenantShare = 100
                $0.jobs = []
            } _: { port in
                @Sendable func send(_ query: String) throws -> HTTPAnswer {
                    try HTTPClient(port: port).send(
                        "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key],
                        body: "{\"query\":\(try jsonText(query))}")
                }
                let change = "mutation { organization_Save(input: { id: \"\(id)\", notes: \"busy\" }) { notes } }"
                // Those within the limit: they wait for the row.
                async let changed = Clients.run(busy) { _ in try send(change).status }
                func running() throws -> Int {
                    let line = try HTTPClient(port: port).send("GET", "/metrics").body.split(separator: "\n").first {
                        $0.hasPrefix("http_server_active_requests ")
                    }
                    return line?.split(separator: " ").last.flatMap { Double($0) }.map { Int($0) } ?? 0
                }
                // The request for this figure is one of them.
                while try running() <= busy { try await Task.sleep(for: .milliseconds(10)) }
                let answer = try send("{ organization(id: \"\(id)\") { name } }")
                #expect(answer.status == (busy < 4 ? 200 : 503), "\(answer.body)")
                if busy == 4 {
                    #expect(answer.headers["retry-after"] == "1")
                    #expect(answer.body.contains("\"code\":\"DATABASE_UNAVAILABLE\"") && answer.body.contains("\"reason\":\"overloaded\""))
                    let page = try HTTPClient(port: port).send("GET", "/metrics").body
                    #expect(page.contains("graphql_requests_refused_total 1\n"))
                }
                try blocker.runScript("ROLLBACK")
                #expect(await changed == Array(repeating: 200, count: busy))
                #expect(try send("{ organization(id: \"\(id)\") { name } }").status == 200)
            }
        }
    }
}
