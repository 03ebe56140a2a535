public import EventLoop
internal import Glibc

/// An HTTP/1.1 server on several event loops.
public final class HTTPServer: Sendable {
    /// Why a server cannot start, and what to do about it.
    public struct Failure: Error, CustomStringConvertible, Sendable {
        public let description: String

        init(_ description: String) { self.description = description }
    }

    /// The port it listens on.
    public let port: UInt16
    private let descriptor: Int32
    private let listeners: [HTTPListener]

    /// Listens and accepts.
    /// - Parameter socket: The address if already bound; otherwise the configuration's is used.
    public init(
        configuration: HTTPServerConfiguration, loops: [EventLoop], handler: any HTTPHandler, socket: BoundSocket? = nil,
        observer: (@Sendable (HTTPServerEvent) -> Void)? = nil
    ) throws(Failure) {
        // A client that closes early must not end the process.
        signal(SIGPIPE, SIG_IGN)
        let bound: BoundSocket
        if let socket { bound = socket } else { bound = try BoundSocket(host: configuration.host, port: configuration.port) }
        port = bound.port
        descriptor = try bound.listen()
        let limit = max(1, configuration.connectionLimit / max(1, loops.count))
        let shares = ConnectionShares(limit: configuration.connectionLimitPerAddress, exempt: configuration.exemptNetworks)
        listeners = loops.map { [descriptor] in
            HTTPListener(
                descriptor, loop: $0, configuration: configuration, connectionLimit: limit, shares: shares, handler: handler,
                observer: observer)
        }
        for listener in listeners { listener.loop.execute { listener.startAccepting() } }
    }

    /// Ends the server without losing a request.
    ///
    /// For `grace` everything is served as before, but each response is the last of its connection, so that clients
    /// that keep connections learn to go elsewhere. Then no more connections are accepted, requests in progress finish,
    /// silent connections are closed, and what is left after `limit` is cut off.
    public func drain(grace: Duration = .zero, within limit: Duration) async {
        await onEachLoop { listener, done in
            listener.announceEnd()
            done()
        }
        if grace > .zero { try? await Task.sleep(for: grace) }
        await onEachLoop { listener, done in
            listener.stopAccepting()
            done()
        }
        // At once: clients that connect from now on are refused instead of waiting for an answer that never comes.
        close(descriptor)
        await onEachLoop { listener, done in
            let timer = listener.loop.schedule(after: limit) { listener.closeAll() }
            listener.drain {
                timer.cancel()
                done()
            }
        }
    }

    /// Runs `body` for each listener on its loop, and waits until all have called `done`.
    private func onEachLoop(_ body: @escaping @Sendable (_ listener: HTTPListener, _ done: @escaping () -> Void) -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            for listener in listeners {
                group.addTask {
                    await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                        listener.loop.execute { body(listener) { continuation.resume() } }
                    }
                }
            }
        }
    }
}
