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
                    _ = await requests.run(for: .tenant(tenant)) {
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

    @Test("gives a caller up at once whose time is over, and does its work no more", .timeLimit(.minutes(1)))
    func givingUp() async throws {
        let requests = LargeRequests()
        let (begun, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let done = Lock<[String]>([])
        let work: @Sendable (String) async -> String? = { name in
            await requests.run(for: .tenant(1)) {
                if name == "first" {
                    begun.signal()
                    gate.wait()
                }
                done.withLock { $0.append(name) }
                return name
            }
        }
        let answers = try await onLoop { loop in
            let first = Task.immediate(executorPreference: loop) { await work("first") }
            await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    begun.wait()
                    continuation.resume()
                }
            }
            let late = Task.immediate(executorPreference: loop) { await work("late") }
            let over = Task(executorPreference: loop) { await work("over") }
            over.cancel()
            late.cancel()
            // Both while the thread is at work for another.
            var answers = [await late.value, await over.value]
            let next = Task.immediate(executorPreference: loop) { await work("next") }
            gate.signal()
            answers += [await first.value, await next.value]
            return answers
        }
        requests.stop()
        #expect(answers == [nil, nil, "first", "next"])
        #expect(done.withLock { $0 } == ["first", "next"])
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
