import Foundation

/// Stands between a client and a PostgreSQL server and ends a session at a chosen message of the server.
///
/// It reads the server's messages (PostgreSQL, "Frontend/Backend Protocol", message formats) without interpreting them,
/// so any of them can be the last. Clients connect with `sslmode=disable gssencmode=disable`, since the server's answer
/// to these requests is not a message.
public final class BackendProxy: @unchecked Sendable {
    /// What the client sees instead of a message.
    public enum Ending: String, Sendable, CaseIterable {
        /// FATAL 57P01 and the end, as from `pg_terminate_backend` and a fast shutdown.
        case terminated
        /// The same, and the end some milliseconds after it.
        case terminatedSlowly
        /// The end of the connection, as from a killed server.
        case ended
        /// A reset connection.
        case reset
        /// A part of the message, and the end.
        case cutShort
    }

    private struct State {
        var remaining: Int?
        var ending = Ending.ended
        var isSilent = false
        var refusals = 0
    }

    private let upstream: String
    private let listener: LocalListener
    private let lock = NSLock()
    private var state = State()

    public var port: UInt16 { listener.port }

    /// - Parameter upstream: The server's socket in the file system.
    public init(upstream: String) throws {
        self.upstream = upstream
        listener = try LocalListener()
        listener.serve { self.serve($0) }
    }

    /// Stops listening. Existing sessions go on.
    public func stop() { listener.stop() }

    /// Lets the next `count` messages pass, over all sessions, and then ends the session instead of the next one.
    public func end(after count: Int, _ ending: Ending) {
        lock.withLock { state = State(remaining: count, ending: ending) }
    }

    /// Lets everything pass again. Returns whether a session was ended since `end(after:_:)`.
    @discardableResult
    public func passAll() -> Bool {
        lock.withLock {
            defer { state.remaining = nil }
            return state.remaining == nil
        }
    }

    /// From now on nothing from the server arrives, as when the network loses everything.
    public func fallSilent() { lock.withLock { state.isSilent = true } }

    /// Closes the next connections as soon as they are opened.
    public func refuseNext(_ count: Int) { lock.withLock { state.refusals = count } }

    private func mayServe() -> Bool {
        lock.withLock {
            guard state.refusals > 0 else { return true }
            state.refusals -= 1
            return false
        }
    }

    private var isSilent: Bool { lock.withLock { state.isSilent } }

    /// How the session of the next message ends, or nil when the message passes.
    private func next() -> Ending? {
        lock.withLock {
            guard let remaining = state.remaining else { return nil }
            state.remaining = remaining == 0 ? nil : remaining - 1
            return remaining == 0 ? state.ending : nil
        }
    }

    private func serve(_ client: Int32) {
        guard mayServe() else {
            close(client)
            return
        }
        let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: upstream.utf8.prefix($0.count - 1)) }
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(server, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        guard status == 0 else {
            close(client)
            close(server)
            return
        }
        let requests = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            var chunk = [UInt8](repeating: 0, count: 65536)
            while true {
                let count = recv(client, &chunk, chunk.count, 0)
                guard count > 0, Self.send(chunk[..<count], to: server) else { break }
            }
            shutdown(server, Int32(SHUT_WR))
            requests.signal()
        }
        Thread.detachNewThread {
            self.passMessages(from: server, to: client)
            // The other thread wakes; the last of the two frees the descriptors.
            shutdown(client, Int32(SHUT_RD))
            requests.wait()
            close(client)
            close(server)
        }
    }

    private func passMessages(from server: Int32, to client: Int32) {
        var buffer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(server, &chunk, chunk.count, 0)
            guard count > 0 else { return }
            if isSilent { continue }
            buffer += chunk[..<count]
            var start = 0
            while buffer.count - start >= 5 {
                // A type, and a length that includes itself.
                let length = 1 + buffer[start + 1...start + 4].reduce(0) { $0 << 8 | Int($1) }
                guard buffer.count - start >= length else { break }
                if let ending = next() {
                    return end(client, ending, before: buffer[..<start], message: buffer[start..<start + length])
                }
                start += length
            }
            guard Self.send(buffer[..<start], to: client) else { return }
            buffer.removeFirst(start)
        }
    }

    private func end(_ client: Int32, _ ending: Ending, before: ArraySlice<UInt8>, message: ArraySlice<UInt8>) {
        switch ending {
        case .terminated: _ = Self.send(before + Self.fatal, to: client)
        case .terminatedSlowly:
            _ = Self.send(before, to: client)
            usleep(2_000)
            _ = Self.send(Self.fatal[...], to: client)
            usleep(2_000)
        case .ended: _ = Self.send(before, to: client)
        case .reset:
            _ = Self.send(before, to: client)
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(client, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        case .cutShort: _ = Self.send(before + message.prefix(message.count / 2), to: client)
        }
    }

    private static let fatal: [UInt8] = {
        let fields = "SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0".utf8
        let length = UInt32(fields.count + 4)
        return [UInt8(ascii: "E")] + (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * UInt32($0))) } + fields
    }()

    private static func send(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
