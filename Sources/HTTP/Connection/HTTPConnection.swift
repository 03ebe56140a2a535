internal import CSystem
internal import EventLoop
internal import Glibc
internal import Memory

/// One client's connection. Its requests are handled one at a time, in the order they came. Belongs to its loop's
/// thread.
final class HTTPConnection: EventHandler, @unchecked Sendable {
    private enum Phase {
        /// Nothing is exchanged before the connection is secured.
        case handshake
        /// Waits for a request, or for the rest of its head.
        case head
        /// The handler judges the head. Meanwhile, the body waits in the input.
        case admitting
        case body(IncomingRequest)
        /// The handler has the request.
        case handling
        /// The last response is on its way, or the client has not read it yet.
        case closing
        case closed
    }

    /// An admitted request whose body is incomplete.
    private struct IncomingRequest {
        let request: HTTPRequest
        let framing: RequestHead.Framing
        let memory: MemoryReservation?
        let respond: @Sendable (HTTPRequest) async -> HTTPResponse
    }

    let descriptor: Int32
    private let listener: HTTPListener
    private let loop: EventLoop
    /// Nil if the client has no address.
    let peer: IPAddress?
    /// Nil if the connection is not secured.
    private var tls: TLSSession?
    private var phase = Phase.head
    /// What has been received and not consumed yet. Empty, holding no memory, between requests.
    private var input: [UInt8] = []
    private var inputStart = 0
    /// For input that is kept because it is not a complete request. No key has been checked for it yet.
    private var inputMemory: MemoryReservation?
    /// What has been received of a body.
    private var body: RequestBody?
    private var output = OutputQueue()
    private var outputMemory: MemoryReservation?
    private var reader = ReaderPace()
    /// Whether the kernel's buffer is full until the client reads.
    private var awaitsReader = false
    private var interest: Readiness = .readable
    private var task: Task<Void, Never>?
    private var keepsAlive = true
    private var isHTTP10 = false
    private var isHead = false
    private var hasEnded = false
    private var isProcessing = false
    private var drainedBytes = 0
    /// When the connection is closed unless something arrives.
    private(set) var deadline: UInt64 = .max
    private var timer: Timer?
    private var timerMoment: UInt64 = .max

    init(_ descriptor: Int32, listener: HTTPListener, peer: IPAddress?) {
        self.descriptor = descriptor
        self.listener = listener
        self.peer = peer
        loop = listener.loop
    }

    func open() {
        guard loop.watch(descriptor, for: .readable, handler: self) else { return close() }
        guard let certificate = configuration.certificate else { return setDeadline(configuration.headerTimeout) }
        guard let session = TLSSession(certificate.context, descriptor: descriptor) else { return close() }
        tls = session
        phase = .handshake
        setDeadline(configuration.handshakeTimeout)
    }

    private var configuration: HTTPServerConfiguration { listener.configuration }

    func handle(_ readiness: Readiness) {
        if case .handshake = phase { return secure() }
        if readiness.contains(.writable) {
            flush()
            if tls?.readsWhenWritable == true { return receive() }
        }
        if !readiness.isDisjoint(with: [.readable, .hangUp, .failure, .peerClosed]) { receive() }
    }

    // MARK: Securing

    private func secure() {
        guard let tls else { return }
        if !tls.hasBegun {
            var first: UInt8 = 0
            guard recv(descriptor, &first, 1, Int32(MSG_PEEK)) == 1 else {
                if errno == EAGAIN || errno == EINTR { return }
                return close()
            }
            // A request begins with a method, a handshake with a record type.
            if (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) {
                self.tls = nil
                phase = .head
                return refuse(Refusal(status: 400, reason: "this port speaks HTTPS: start the address with https://"))
            }
        }
        switch tls.handshake() {
        case .done:
            phase = .head
            watch(.readable)
            setDeadline(listener.isDraining ? configuration.drainPatience : configuration.headerTimeout)
        case .wantsToRead: watch(.readable)
        case .wantsToWrite: watch(.writable)
        case .failed(let reason):
            listener.observe(.handshakeFailed(reason: reason))
            close()
        }
    }

    // MARK: Receiving

    private func receive() {
        if case .closed = phase { return }
        let room = TLSSession.recordSize
        var count = 0
        withUnsafeTemporaryAllocation(byteCount: room, alignment: 1) { buffer in
            if let tls, !tls.isClosed {
                count = tls.receive(buffer)
            } else {
                count = recv(descriptor, buffer.baseAddress, room, 0)
            }
            if count > 0 { input.append(contentsOf: buffer[..<count]) }
        }
        if count < 0 {
            guard errno == EAGAIN || errno == EINTR else { return close() }
            if tls?.readsWhenWritable == true { watch(interest.union(.writable)) }
            return
        }
        if count == 0 { return end() }
        if case .closing = phase { return discard(count) }
        process()
        limitInput()
        countInput()
    }

    /// The client sends nothing more. One that hung up looks the same as one with nothing more to ask: both get a
    /// moment to receive their answer.
    private func end() {
        hasEnded = true
        switch phase {
        case .admitting, .handling:
            setDeadline(min(configuration.hangUpPatience, configuration.requestTimeout))
            keepsAlive = false
            watch(output.isEmpty ? [] : .writable)
        default:
            guard !hasSentAll else { return close() }
            phase = .closing
            watch(.writable)
        }
    }

    /// Reads on after the last response, so that the client is not cut off before it has read that (RFC 9112 section
    /// 9.6).
    private func discard(_ count: Int) {
        drainedBytes += count
        input = []
        inputStart = 0
        if drainedBytes > configuration.lingerLimit { close() }
    }

    /// A client that pipelines without end is not read until it has its answers.
    private func limitInput() {
        guard !hasEnded else { return }
        switch phase {
        case .admitting, .handling: break
        case .head where !hasSentAll: break
        default: return
        }
        if input.count - inputStart > 64 * 1024, interest.contains(.readable) { watch(interest.subtracting(.readable)) }
    }

    /// Counts what stays in the input, and refuses it if there is no room.
    private func countInput() {
        if input.isEmpty { return }
        if inputMemory == nil { inputMemory = configuration.memory.reservation(for: .anonymous) }
        guard inputMemory?.resize(.bodies, to: input.capacity) == false else { return }
        switch phase {
        case .head, .body: refuse(.noMemory)
        // The request in progress is answered first.
        case .admitting, .handling: watch(interest.subtracting(.readable))
        case .handshake, .closing, .closed: break
        }
    }

    /// Takes requests out of the input while they are complete and their predecessors answered.
    private func process() {
        guard !isProcessing else { return }
        isProcessing = true
        defer { isProcessing = false }
        do {
            while try step() {}
        } catch {
            refuse(error)
        }
        releaseInput()
    }

    /// Frees the consumed part of the input.
    private func releaseInput() {
        if inputStart == input.count {
            input = []
            inputStart = 0
            inputMemory = nil
        } else if inputStart > 64 * 1024 {
            input.removeFirst(inputStart)
            inputStart = 0
        }
    }

    /// - Returns: Whether it made progress, so that there may be more to do.
    private func step() throws(Refusal) -> Bool {
        switch phase {
        case .head:
            // A client that pipelines must read its answers first.
            guard inputStart < input.count, hasSentAll else { return false }
            guard let (head, length) = try withInput({ (bytes) throws(Refusal) in try listener.parser.parse(bytes) }) else {
                // From the first byte on, however many pieces the head arrives in.
                if deadlineIsIdle {
                    deadlineIsIdle = false
                    setDeadline(configuration.headerTimeout)
                }
                return false
            }
            inputStart += length
            deadlineIsIdle = false
            begin(head)
            return true
        case .body(let incoming):
            guard let body = try takeBody(incoming.framing, incoming.memory) else { return false }
            phase = .handling
            setDeadline(configuration.requestTimeout)
            run { [self] in finish(await incoming.respond(incoming.request.with(body: body))) }
            return true
        case .handshake, .admitting, .handling, .closing, .closed: return false
        }
    }

    private var deadlineIsIdle = true

    private func withInput<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Refusal) -> Result
    ) throws(Refusal) -> Result {
        do {
            return try input.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[inputStart...])) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(status: 400, reason: "malformed request")
        }
    }

    /// The body, taken out of the input, or nil if it is incomplete.
    private func takeBody(_ framing: RequestHead.Framing, _ memory: MemoryReservation?, isKept: Bool = true) throws(Refusal) -> [UInt8]? {
        if framing == .length(0) { return [] }
        var body = body.take() ?? RequestBody(framing, limit: configuration.bodyLimit, memory: memory, isKept: isKept)
        inputStart += try withInput { (bytes) throws(Refusal) in try body.consume(bytes) }
        releaseInput()
        if body.isComplete { return body.bytes }
        self.body = body
        return nil
    }

    // MARK: Handling

    private func begin(_ head: RequestHead) {
        keepsAlive = head.keepsAlive
        isHTTP10 = head.isHTTP10
        isHead = head.method == "HEAD"
        phase = .admitting
        setDeadline(configuration.requestTimeout)
        let request = HTTPRequest(
            method: head.method, path: head.path, query: head.query, fields: head.fields, peer: peer)
        let handler = listener.handler
        run { [self] in
            switch await handler.admit(request) {
            case .answered(let response): answer(response, before: head.framing)
            case .admitted(let memory, let respond):
                guard let body = receiveBody(of: request, head, memory, respond) else { return }
                finish(await respond(request.with(body: body)))
            }
        }
    }

    /// Starts the task of a request. One that ends at once is not kept: a task holds its stack, some 16 KiB, as long as
    /// it is referred to.
    private func run(_ body: @escaping @Sendable () async -> Void) {
        let started = Task.immediate(executorPreference: loop) { await body() }
        switch phase {
        case .admitting, .handling: task = started
        default: break
        }
    }

    /// Answers without reading the body. A body that has arrived is skipped; otherwise the connection ends, since the
    /// next request's start is unknown.
    private func answer(_ response: HTTPResponse, before framing: RequestHead.Framing) {
        guard case .admitting = phase else { return }
        if (try? takeBody(framing, nil, isKept: false)) == nil { keepsAlive = false }
        body = nil
        phase = .handling
        finish(response)
    }

    /// The body of an admitted request, if all of it has arrived; otherwise waits for it.
    private func receiveBody(
        of request: HTTPRequest, _ head: RequestHead, _ memory: MemoryReservation?,
        _ respond: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) -> [UInt8]? {
        guard case .admitting = phase else { return nil }
        let hasNothing = inputStart == input.count
        do {
            if let body = try takeBody(head.framing, memory) {
                phase = .handling
                return body
            }
        } catch {
            refuse(error)
            return nil
        }
        task = nil
        phase = .body(IncomingRequest(request: request, framing: head.framing, memory: memory, respond: respond))
        if hasEnded {
            close()
            return nil
        }
        setDeadline(configuration.bodyTimeout)
        if head.expectsContinue, hasNothing {
            output.append(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
            flush()
        }
        if !interest.contains(.readable) { watch(interest.union(.readable)) }
        return nil
    }

    private func finish(_ response: HTTPResponse) {
        guard case .handling = phase else { return }
        task = nil
        // A request that arrived along with this one is still answered.
        if listener.isEnding, inputStart == input.count { keepsAlive = false }
        write(response)
        phase = keepsAlive ? .head : .closing
        flush()
        if case .head = phase {
            if !interest.contains(.readable), !hasEnded { watch(interest.union(.readable)) }
            process()
        }
    }

    private func refuse(_ refusal: Refusal) {
        listener.observe(.requestRefused(status: refusal.status, reason: refusal.reason))
        keepsAlive = false
        isHead = false
        body = nil
        write(
            HTTPResponse(
                status: refusal.status, text: "\(HTTPStatus.reason(refusal.status)): \(refusal.reason)\n",
                fields: refusal.status == 503 ? [HTTPField("Retry-After", "1")] : []))
        phase = .closing
        flush()
    }

    private func write(_ response: HTTPResponse) {
        if let memory = response.memory { outputMemory = memory }
        var head = "HTTP/1.1 \(response.status) \(HTTPStatus.reason(response.status))\r\n"
        for field in response.fields { head += "\(field.name): \(field.value)\r\n" }
        // RFC 9110 section 8.6: a response without content has no length, and a 304's would be that of the content not
        // sent.
        let hasContent = response.status != 204 && response.status != 304
        if hasContent { head += "Content-Length: \(response.body.count)\r\n" }
        head += "Date: \(listener.date)\r\n"
        // RFC 9112 section 9.3: an HTTP/1.0 client assumes that the connection closes unless told otherwise.
        if !keepsAlive {
            head += "Connection: close\r\n"
        } else if isHTTP10 {
            head += "Connection: keep-alive\r\n"
        }
        head += "\r\n"
        guard !isHead, hasContent else { return output.append(Array(head.utf8)) }
        guard response.body.count <= Self.joinedBytes else {
            output.append(Array(head.utf8))
            return output.append(response.body)
        }
        var whole: [UInt8] = []
        whole.reserveCapacity(head.utf8.count + response.body.count)
        whole.append(contentsOf: head.utf8)
        for piece in response.body.pieces { piece.withBytes { whole.append(contentsOf: $0) } }
        output.append(whole)
    }

    /// Up to this size a body is sent in one piece with its head: copying costs less than a second call.
    private static let joinedBytes = 16 * 1024

    // MARK: Sending and closing

    private func flush() {
        if case .closed = phase { return }
        let hadOutput = !hasSentAll
        let sent = output.drain { bytes, moreFollow in
            while true {
                let flags = Int32(moreFollow ? MSG_NOSIGNAL | MSG_MORE : MSG_NOSIGNAL)
                let count = tls?.send(bytes) ?? send(descriptor, bytes.baseAddress, bytes.count, flags)
                if count >= 0 || errno != EINTR { return count }
            }
        }
        guard output.isEmpty else {
            guard errno == EAGAIN else { return close() }
            outputMemory?.shrink(.answers, to: output.heldBytes)
            if !interest.contains(.writable) { watch(interest.union(.writable)) }
            guard !awaitsReader else { return reader.give(sent) }
            awaitsReader = true
            reader.begin(unacknowledged: unacknowledged)
            return setDeadline(configuration.writeTimeout)
        }
        awaitsReader = false
        outputMemory = nil
        if interest.contains(.writable) { watch(interest.subtracting(.writable)) }
        switch phase {
        case .closing: linger()
        case .head where hadOutput:
            deadlineIsIdle = true
            setDeadline(idleTimeout)
            process()
        default: break
        }
    }

    private var hasSentAll: Bool { output.isEmpty }

    /// Bytes that the kernel has accepted and the client has not acknowledged.
    private var unacknowledged: Int {
        var count: Int32 = 0
        return ioctl(descriptor, UInt(TIOCOUTQ), &count) == 0 ? Int(count) : 0
    }

    /// Closes our direction and waits for the client to close its own.
    private func linger() {
        if hasEnded { return close() }
        if let tls, !tls.close() { return watch([.readable, .writable]) }
        shutdown(descriptor, Int32(SHUT_WR))
        setDeadline(lingerTimeout)
        if !interest.contains(.readable) { watch(.readable) }
        if input.count > inputStart { discard(input.count - inputStart) }
    }

    /// A server that shuts down does not wait long for clients that have their answers.
    private var lingerTimeout: Duration {
        listener.isDraining ? min(configuration.drainPatience, configuration.lingerTimeout) : configuration.lingerTimeout
    }

    private func watch(_ interest: Readiness) {
        self.interest = interest
        loop.rewatch(descriptor, for: interest)
    }

    private var isIdle: Bool {
        if case .head = phase { return inputStart == input.count && hasSentAll }
        return false
    }

    /// Whether it may close without loss to a client that follows the rules: no complete request is pending, and all
    /// are answered.
    var isSilent: Bool {
        switch phase {
        case .handshake: true
        case .head, .closing: hasSentAll
        default: false
        }
    }

    /// Closes it, unless a request has arrived.
    func closeIfSilent() -> Bool {
        if case .handshake = phase {} else { receive() }
        if isSilent { close() }
        if case .closed = phase { return true }
        return false
    }

    /// Between requests. A silent connection does not hold up shutdown, but has time for a request that its client may
    /// be about to send.
    private var idleTimeout: Duration {
        listener.isDraining ? min(configuration.drainSilence, configuration.idleTimeout) : configuration.idleTimeout
    }

    /// Leaves little time for anything but requests, which end with their answers.
    func drain() {
        switch phase {
        case .handshake: setDeadline(configuration.drainPatience)
        case .closing where hasSentAll: setDeadline(lingerTimeout)
        case .head where isIdle: setDeadline(idleTimeout)
        default: break
        }
    }

    func close() {
        if case .closed = phase { return }
        phase = .closed
        // The task of a request may hold the connection longer.
        input = []
        inputStart = 0
        body = nil
        output = OutputQueue()
        inputMemory = nil
        outputMemory = nil
        tls?.close()
        timer?.cancel()
        task?.cancel()
        loop.unwatch(descriptor)
        Glibc.close(descriptor)
        listener.forget(self)
    }

    // MARK: Time limits

    private func setDeadline(_ delay: Duration) {
        deadline =
            EventLoop.now &+ UInt64(max(0, delay.components.seconds)) &* 1_000_000_000
            &+ UInt64(max(0, delay.components.attoseconds / 1_000_000_000))
        if timerMoment <= deadline { return }
        timer?.cancel()
        timerMoment = deadline
        timer = loop.schedule(after: delay) { [weak self] in self?.checkDeadline() }
    }

    private func checkDeadline() {
        timer = nil
        timerMoment = .max
        guard deadline != .max else { return }
        let now = EventLoop.now
        guard now >= deadline else { return setDeadline(.nanoseconds(Int64(clamping: deadline - now))) }
        deadline = .max
        if !hasSentAll { return judgeReader() }
        if isIdle {
            // A request that has arrived by now is answered.
            receive()
            if isIdle, deadline == .max { close() }
            return
        }
        switch phase {
        case .handshake:
            listener.observe(.handshakeFailed(reason: "TLS handshake timeout"))
            close()
        case .head where input.count == inputStart, .closing, .closed: close()
        case .admitting, .handling: task?.cancel()
        case .head, .body: refuse(Refusal(status: 408, reason: "the request took too long"))
        }
    }

    /// Ends a connection whose client reads nothing, or too slowly to finish.
    private func judgeReader() {
        let unacknowledged = unacknowledged
        let least = configuration.minimumRate * Int(configuration.writeTimeout / .milliseconds(1)) / 1000
        if reader.isTooSlow(unacknowledged: unacknowledged, least: least) { return close() }
        reader.begin(unacknowledged: unacknowledged)
        setDeadline(configuration.writeTimeout)
    }
}
