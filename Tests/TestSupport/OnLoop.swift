public import EventLoop

/// Runs work on a loop of its own, which ends with it.
public func onLoop<Value: Sendable>(_ body: @escaping @Sendable (EventLoop) async throws -> Value) async throws -> Value {
    let loop = EventLoop(name: "test")
    let result = await Task(executorPreference: loop) {
        do { return Result<Value, any Error>.success(try await body(loop)) } catch { return .failure(error) }
    }.value
    loop.stop()
    loop.join()
    return try result.get()
}
