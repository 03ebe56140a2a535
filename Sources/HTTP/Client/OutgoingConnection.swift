internal import COpenSSL
internal import CSystem
internal import EventLoop
internal import Glibc

/// The connection of an outgoing request. Its socket is non-blocking; we wait in short steps, so that a deadline or a
/// cancellation ends it.
final class OutgoingConnection {
    private typealias Failure = OutgoingRequest.Failure

    private let descriptor: Int32
    private let deadline: UInt64
    private let isCancelled: @Sendable () -> Bool
    private var tls: (context: OpaquePointer, session: OpaquePointer)?

    init(
        _ request: OutgoingRequest, deadline: UInt64, isCancelled: @escaping @Sendable () -> Bool
    ) throws(OutgoingRequest.Failure) {
        self.isCancelled = isCancelled
        self.deadline = deadline
        descriptor = try Self.connect(request.address) { (descriptor, events) throws(OutgoingRequest.Failure) in
            try Self.wait(descriptor, events, deadline, isCancelled)
        }
        guard request.address.isSecure else { return }
        do {
            try secure(request)
        } catch {
            close()
            throw error
        }
    }

    deinit { close() }

    private var isClosed = false

    private func close() {
        guard !isClosed else { return }
        isClosed = true
        if let tls {
            SSL_free(tls.session)
            SSL_CTX_free(tls.context)
        }
        Glibc.close(descriptor)
    }

    // MARK: Connecting

    private static func connect(
        _ address: OutgoingRequest.Address, _ wait: (Int32, Int32) throws(OutgoingRequest.Failure) -> Void
    ) throws(OutgoingRequest.Failure) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address.host, String(address.port), &hints, &list) == 0 else {
            throw Failure("the host \(address.host) is unknown")
        }
        defer { freeaddrinfo(list) }
        var failure = Failure("the host \(address.host) has no address")
        var entry = list
        while let candidate = entry?.pointee {
            entry = candidate.ai_next
            let descriptor = socket(
                candidate.ai_family, candidate.ai_socktype | Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), candidate.ai_protocol)
            guard descriptor >= 0 else { continue }
            do throws(OutgoingRequest.Failure) {
                if Glibc.connect(descriptor, candidate.ai_addr, candidate.ai_addrlen) != 0 {
                    guard errno == EINPROGRESS else { throw Failure("no connection: \(String(cString: strerror(errno)))") }
                    try wait(descriptor, Int32(POLLOUT))
                    var status: Int32 = 0
                    var length = socklen_t(MemoryLayout<Int32>.size)
                    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &status, &length)
                    guard status == 0 else { throw Failure("no connection: \(String(cString: strerror(status)))") }
                }
                return descriptor
            } catch {
                Glibc.close(descriptor)
                failure = error
            }
        }
        throw failure
    }

    private static func wait(
        _ descriptor: Int32, _ events: Int32, _ deadline: UInt64, _ isCancelled: () -> Bool
    ) throws(OutgoingRequest.Failure) {
        while true {
            if isCancelled() { throw Failure("cancelled") }
            let now = EventLoop.now
            guard now < deadline else { throw Failure("no answer in time") }
            var state = pollfd(fd: descriptor, events: Int16(events), revents: 0)
            if poll(&state, 1, Int32(clamping: min(20, (deadline - now) / 1_000_000 + 1))) > 0 { return }
        }
    }

    private func wait(for events: Int32) throws(OutgoingRequest.Failure) {
        try Self.wait(descriptor, events, deadline, isCancelled)
    }

    // MARK: Securing

    private func secure(_ request: OutgoingRequest) throws(OutgoingRequest.Failure) {
        guard let context = SSL_CTX_new(TLS_client_method()) else { throw Failure("TLS cannot be started: \(TLSFailure.reason)") }
        let trusts =
            request.trustedCertificates.map { SSL_CTX_load_verify_locations(context, $0, nil) } ?? SSL_CTX_set_default_verify_paths(context)
        guard trusts == 1, openssl_require_tls12(context) == 1, let session = SSL_new(context) else {
            SSL_CTX_free(context)
            throw Failure("the trusted certificates cannot be read: \(TLSFailure.reason)")
        }
        tls = (context, session)
        guard openssl_set_server_name(session, request.address.host) == 1, SSL_set_fd(session, descriptor) == 1,
            Self.expect(request.address.host, session)
        else { throw Failure("TLS cannot be started: \(TLSFailure.reason)") }
        SSL_set_verify(session, request.trustsAnyCertificate ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nil)
        SSL_set_connect_state(session)
        ERR_clear_error()
        while true {
            let status = SSL_do_handshake(session)
            if status == 1 { return }
            guard try goesOn(session, status) else {
                let verification = SSL_get_verify_result(session)
                guard verification == X509_V_OK else {
                    throw Failure("its certificate is not trusted: \(String(cString: X509_verify_cert_error_string(verification)))")
                }
                throw Failure("TLS failed: \(TLSFailure.reason)")
            }
        }
    }

    /// The certificate must be the host's, whether a name or an address.
    private static func expect(_ host: String, _ session: OpaquePointer) -> Bool {
        guard let parameters = SSL_get0_param(session) else { return false }
        return X509_VERIFY_PARAM_set1_ip_asc(parameters, host) == 1 || SSL_set1_host(session, host) == 1
    }

    /// Waits for what OpenSSL waits for. False if it failed.
    private func goesOn(_ session: OpaquePointer, _ status: Int32) throws(OutgoingRequest.Failure) -> Bool {
        switch SSL_get_error(session, status) {
        case SSL_ERROR_WANT_READ: try wait(for: Int32(POLLIN))
        case SSL_ERROR_WANT_WRITE: try wait(for: Int32(POLLOUT))
        default: return false
        }
        return true
    }

    // MARK: Talking

    func send(_ bytes: [UInt8]) throws(OutgoingRequest.Failure) {
        var position = 0
        while position < bytes.count {
            let count = bytes.withUnsafeBytes { buffer -> Int in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[position...])
                if let tls { return Int(SSL_write(tls.session, rest.baseAddress, Int32(clamping: rest.count))) }
                return Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                position += count
            } else if let tls {
                guard try goesOn(tls.session, Int32(count)) else { throw Failure("the connection broke") }
            } else {
                guard errno == EAGAIN || errno == EINTR else { throw Failure("the connection broke") }
                try wait(for: Int32(POLLOUT))
            }
        }
    }

    /// The next bytes, or nil at the end.
    func receive() throws(OutgoingRequest.Failure) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = buffer.withUnsafeMutableBytes { bytes -> Int in
                if let tls { return Int(SSL_read(tls.session, bytes.baseAddress, Int32(clamping: bytes.count))) }
                return recv(descriptor, bytes.baseAddress, bytes.count, 0)
            }
            if count > 0 { return Array(buffer.prefix(count)) }
            if let tls {
                guard try goesOn(tls.session, Int32(count)) else { return nil }
            } else {
                if count == 0 { return nil }
                guard errno == EAGAIN || errno == EINTR else { throw Failure("the connection broke") }
                try wait(for: Int32(POLLIN))
            }
        }
    }
}
