internal import EventLoop
internal import Glibc

/// Runs asynchronous work from a thread that may block.
enum Waiting {
    private struct NoResult: Error, CustomStringConvertible {
        var description: String { "The work ended without result." }
    }

    static func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
        let outcome = Lock<Result<Value, any Error>?>(nil)
        let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        sem_init(semaphore, 0, 0)
        defer {
            sem_destroy(semaphore)
            semaphore.deallocate()
        }
        nonisolated(unsafe) let signal = semaphore
        Task.detached {
            do {
                let value = try await body()
                outcome.withLock { $0 = .success(value) }
            } catch {
                outcome.withLock { $0 = .failure(error) }
            }
            sem_post(signal)
        }
        while sem_wait(semaphore) != 0 {}
        guard let result = outcome.withLock({ $0 }) else { throw NoResult() }
        return try result.get()
    }
}
