internal import CSystem
internal import Glibc
internal import Synchronization

/// One thread that waits for file descriptors, timers and jobs, and is the executor of every task started on it.
///
/// A request lives on one loop from its first byte to its last: sockets, database connections and Swift tasks share the
/// thread, so a request needs no lock and no continuation hops between threads. Only `execute`, `spawn`, `enqueue`,
/// `isCurrent` and `stop` may be called from elsewhere; everything else belongs to the loop's own thread.
public final class EventLoop: TaskExecutor, @unchecked Sendable {
    public let name: String

    private let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    private let wakeUp = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
    private var thread = pthread_t()

    /// Jobs enqueued from the loop's own thread, and the batch that is running.
    private var jobs: [UnownedJob] = []
    private var running: [UnownedJob] = []
    private let remote = Lock(RemoteWork())
    private let remoteJobs = Atomic<Int>(0)

    private var registrations: [Registration?] = []
    private var generation: UInt32 = 0
    private var timers = TimerQueue()
    private var turnEndActions: [() -> Void] = []
    private var stopping = false

    private struct Registration {
        let handler: any EventHandler
        let generation: UInt32
    }

    private struct RemoteWork {
        var jobs: [UnownedJob] = []
        var actions: [@Sendable () -> Void] = []
        var stop = false
    }

    /// Starts the thread.
    public init(name: String) {
        self.name = name
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        event.data.u64 = UInt64(UInt32(bitPattern: wakeUp))
        epoll_ctl(epoll, EPOLL_CTL_ADD, wakeUp, &event)

        let started = StartSignal()
        let context = Unmanaged.passRetained(ThreadStart(loop: self, started: started)).toOpaque()
        pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue()
                let loop = start.loop
                loop.thread = pthread_self()
                start.started.signal()
                loop.run()
                return nil
            }, context)
        started.wait()
    }

    deinit {
        close(wakeUp)
        close(epoll)
    }

    // MARK: From any thread

    /// Whether the caller runs on this loop's thread.
    public var isCurrent: Bool { pthread_equal(pthread_self(), thread) != 0 }

    /// How many jobs came from other threads. Grows by one per `spawn` from elsewhere, and by more when continuations
    /// leave the loop.
    public var remoteJobCount: Int { remoteJobs.load(ordering: .relaxed) }

    /// Runs `action` on the loop's thread, in its next turn when called from elsewhere.
    public func execute(_ action: @escaping @Sendable () -> Void) {
        submit { $0.actions.append(action) }
    }

    /// Starts a task that runs entirely on this loop.
    @discardableResult
    public func spawn(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: self) { await body() }
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isCurrent {
            jobs.append(job)
        } else {
            remoteJobs.add(1, ordering: .relaxed)
            submit { $0.jobs.append(job) }
        }
    }

    /// Ends the thread after its current turn. Jobs that have not run by then are lost, so stop the loop's users first.
    public func stop() {
        submit { $0.stop = true }
    }

    /// Waits for the thread to end. Must not be called from the loop itself.
    public func join() {
        pthread_join(thread, nil)
    }

    private func submit(_ change: (inout RemoteWork) -> Void) {
        let wasIdle = remote.withLock { work in
            let wasIdle = work.jobs.isEmpty && work.actions.isEmpty && !work.stop
            change(&work)
            return wasIdle
        }
        guard wasIdle else { return }
        var one: UInt64 = 1
        _ = write(wakeUp, &one, MemoryLayout<UInt64>.size)
    }

    // MARK: On the loop's thread

    /// Notifies `handler` when `descriptor` becomes ready, until `unwatch`, and retains it until then.
    /// - Returns: false when there is no such descriptor, or when the kernel's limit of watches is reached.
    public func watch(_ descriptor: Int32, for interest: Readiness, handler: any EventHandler) -> Bool {
        guard descriptor >= 0 else { return false }
        generation &+= 1
        while registrations.count <= Int(descriptor) { registrations.append(nil) }
        registrations[Int(descriptor)] = Registration(handler: handler, generation: generation)
        if control(EPOLL_CTL_ADD, descriptor, interest) { return true }
        registrations[Int(descriptor)] = nil
        return false
    }

    /// Changes what a watched descriptor is watched for.
    public func rewatch(_ descriptor: Int32, for interest: Readiness) {
        _ = control(EPOLL_CTL_MOD, descriptor, interest)
    }

    /// Ends the watch. Call it before closing the descriptor. Events of this turn not yet delivered are dropped.
    public func unwatch(_ descriptor: Int32) {
        guard registrations.indices.contains(Int(descriptor)), registrations[Int(descriptor)] != nil else { return }
        registrations[Int(descriptor)] = nil
        epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, nil)
    }

    /// Runs `action` once, `delay` from now by the monotonic clock.
    @discardableResult
    public func schedule(after delay: Duration, _ action: @escaping () -> Void) -> Timer {
        let timer = Timer(deadline: Self.now &+ delay.wholeNanoseconds, action: action)
        timers.insert(timer)
        return timer
    }

    /// Runs `action` at the end of every turn, to flush what the turn has gathered.
    public func atTurnEnd(_ action: @escaping () -> Void) {
        turnEndActions.append(action)
    }

    /// Nanoseconds of the monotonic clock.
    public static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }

    private func control(_ operation: Int32, _ descriptor: Int32, _ interest: Readiness) -> Bool {
        guard registrations.indices.contains(Int(descriptor)), let registration = registrations[Int(descriptor)] else { return false }
        var event = epoll_event()
        event.events = interest.rawValue
        event.data.u64 = UInt64(registration.generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
        return epoll_ctl(epoll, operation, descriptor, &event) == 0
    }

    // MARK: The turns

    private func run() {
        let capacity = 256
        let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: capacity)
        defer { events.deallocate() }
        while !stopping {
            let count = epoll_wait(epoll, events, Int32(capacity), waitMilliseconds)
            for index in 0..<max(0, Int(count)) { deliver(events[index]) }
            while let timer = timers.popDue(at: Self.now) {
                timer.fire()
                runJobs()
            }
            runJobs()
            // A turn's end may resume tasks, which may gather more: flush that within the same turn.
            repeat {
                for action in turnEndActions { action() }
            } while runJobs()
        }
        registrations.removeAll()
        turnEndActions.removeAll()
        timers = TimerQueue()
    }

    private var waitMilliseconds: Int32 {
        guard let deadline = timers.nextDeadline else { return -1 }
        let now = Self.now
        guard deadline > now else { return 0 }
        return Int32(clamping: (deadline - now + 999_999) / 1_000_000)
    }

    private func deliver(_ event: epoll_event) {
        let descriptor = Int32(truncatingIfNeeded: event.data.u64)
        if descriptor == wakeUp { return takeRemoteWork() }
        // A descriptor number may have been closed and reused within this turn: the generation tells.
        guard registrations.indices.contains(Int(descriptor)), let registration = registrations[Int(descriptor)],
            registration.generation == UInt32(truncatingIfNeeded: event.data.u64 >> 32)
        else { return }
        registration.handler.handle(Readiness(rawValue: event.events))
        runJobs()
    }

    private func takeRemoteWork() {
        var count: UInt64 = 0
        _ = read(wakeUp, &count, MemoryLayout<UInt64>.size)
        let work = remote.withLock { work in
            defer { work = RemoteWork() }
            return work
        }
        stopping = stopping || work.stop
        jobs.append(contentsOf: work.jobs)
        for action in work.actions { action() }
        runJobs()
    }

    /// Runs jobs until none are left. Returns whether there were any.
    @discardableResult
    private func runJobs() -> Bool {
        guard !jobs.isEmpty else { return false }
        while !jobs.isEmpty {
            swap(&jobs, &running)
            for job in running { job.runSynchronously(on: asUnownedTaskExecutor()) }
            running.removeAll(keepingCapacity: true)
        }
        return true
    }
}

/// What a new thread needs to become its loop.
private final class ThreadStart {
    let loop: EventLoop
    let started: StartSignal

    init(loop: EventLoop, started: StartSignal) {
        self.loop = loop
        self.started = started
    }
}

/// Lets one thread wait until another has started.
private final class StartSignal: @unchecked Sendable {
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func signal() { sem_post(semaphore) }

    func wait() { while sem_wait(semaphore) != 0 {} }
}

extension Duration {
    /// Nanoseconds, clamped to 0...UInt64.max.
    package var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (product, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? UInt64.max / 2 : product &+ UInt64(attoseconds / 1_000_000_000)
    }
}
