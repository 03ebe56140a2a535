import EventLoop
import Glibc
import Testing

@Suite("An event loop")
struct EventLoopTests {
    @Test("keeps a task on its thread across suspensions, with no job from elsewhere but the first")
    func keepsTasks() async {
        let loop = EventLoop(name: "test")
        let waiting = Lock<[UnsafeContinuation<Void, Never>]>([])
        let stayed = await loop.spawnValue {
            var stayed = loop.isCurrent
            for _ in 0..<100 {
                await withUnsafeContinuation { continuation in
                    waiting.withLock { $0.append(continuation) }
                    loop.schedule(after: .microseconds(1)) {
                        waiting.withLock { $0.removeFirst() }.resume()
                    }
                }
                stayed = stayed && loop.isCurrent
            }
            return stayed
        }
        #expect(stayed)
        #expect(loop.remoteJobCount == 1)
        loop.stop()
        loop.join()
    }

    @Test("runs timers in the order of their deadlines and never a cancelled one")
    func timers() async {
        let loop = EventLoop(name: "test")
        let order = Lock<[Int]>([])
        await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
            loop.execute {
                loop.schedule(after: .milliseconds(20)) {
                    order.withLock { $0.append(3) }
                    done.resume()
                }
                loop.schedule(after: .milliseconds(10)) { order.withLock { $0.append(2) } }
                loop.schedule(after: .milliseconds(5)) { order.withLock { $0.append(9) } }.cancel()
                loop.schedule(after: .milliseconds(1)) { order.withLock { $0.append(1) } }
            }
        }
        #expect(order.withLock { $0 } == [1, 2, 3])
        loop.stop()
        loop.join()
    }
}

extension EventLoop {
    fileprivate func spawnValue(_ body: @escaping @Sendable () async -> Bool) async -> Bool {
        await Task(executorPreference: self) { await body() }.value
    }
}
