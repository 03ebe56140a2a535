import EventLoop
import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Service

@Suite("The thread that reads large requests")
struct LargeRequestsTests {
    @Test("gives its owners turns, and the caller resumes on its loop")
    func turns() async throws {
        let requests = LargeRequests()
        let gate = DispatchSemaphore(value: 0)
        let order = Lock<[Int32]>([])
        let stayed = try await onLoop { loop in
            // They ask in this order: a task begins when it is made.
            let tasks = [1, 1, 1, 2, 3].enumerated().map { (place: Int, tenant: Int32) in
                Task.immediate(executorPreference: loop) {
                    await requests.run(for: .tenant(tenant)) {
                        if place == 0 { gate.wait() }
                        order.withLock { $0.append(tenant) }
                        #expect(!loop.isCurrent)
                    }
                    return loop.isCurrent
                }
            }
            gate.signal()
            var stayed: [Bool] = []
            for task in tasks { stayed.append(await task.value) }
            return stayed
        }
        requests.stop()
        // The first had begun, or had its turn first.
        #expect(order.withLock { $0 } == [1, 2, 3, 1, 1] || order.withLock { $0 } == [1, 1, 2, 3, 1])
        #expect(stayed == Array(repeating: true, count: 5))
    }
}

extension ServiceSuite {
    @Suite("A large request")
    struct LargeRequestTests {
        /// The bytes of a body, around the size from which it is parsed on that thread.
        @Test("is answered like a small one, and refused like a small one", arguments: [-1, 0, 1, 300_000])
        func answers(more: Int) async throws {
            let tenant = try await TestTenant.make()
            for (query, expected) in [
                ("{ tenant }", "{\"data\":{\"tenant\":\"\(tenant.name)\"}}"), ("{ nothing }", "Cannot query field"), ("{", "Syntax Error"),
            ] {
                let empty = "{\"query\":\(try jsonText(query)),\"variables\":{\"blank\":\"\"}}"
                let blank = String(repeating: "x", count: LargeRequests.leastBytes + more - empty.utf8.count)
                let body = "{\"query\":\(try jsonText(query)),\"variables\":{\"blank\":\"\(blank)\"}}"
                #expect(body.utf8.count == LargeRequests.leastBytes + more)
                let answer = try HTTPClient(port: tenant.server.port).send(
                    "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": tenant.key], body: body)
                #expect(answer.body.contains(expected), "\(answer.body.prefix(500))")
            }
        }
    }
}
