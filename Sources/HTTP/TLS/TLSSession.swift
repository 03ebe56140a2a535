internal import COpenSSL
internal import Glibc

/// TLS on one connection with a non-blocking socket. Belongs to the connection's thread.
///
/// Reading and sending return what `recv` and `send` do, `errno` included.
final class TLSSession {
    enum Handshake {
        case done
        case wantsToRead
        case wantsToWrite
        /// One of a few words, for the metrics.
        case failed(reason: String)
    }

    /// The most plaintext in one record. A buffer of this size takes a whole record, so that nothing is left that the
    /// loop would not report.
    static let recordSize = 16 * 1024

    private let session: OpaquePointer
    private(set) var hasBegun = false
    private(set) var isEstablished = false
    /// Whether our close_notify has been sent.
    private(set) var isClosed = false
    /// Whether reading continues once the socket is writable.
    private(set) var readsWhenWritable = false
    private var hasFailed = false

    init?(_ context: TLSContext, descriptor: Int32) {
        guard let session = SSL_new(context.handle) else { return nil }
        guard SSL_set_fd(session, descriptor) == 1 else {
            SSL_free(session)
            return nil
        }
        SSL_set_accept_state(session)
        self.session = session
    }

    deinit { SSL_free(session) }

    func handshake() -> Handshake {
        hasBegun = true
        ERR_clear_error()
        let status = SSL_do_handshake(session)
        if status == 1 {
            isEstablished = true
            return .done
        }
        switch SSL_get_error(session, status) {
        case SSL_ERROR_WANT_READ: return .wantsToRead
        case SSL_ERROR_WANT_WRITE: return .wantsToWrite
        default:
            hasFailed = true
            defer { ERR_clear_error() }
            return .failed(reason: Self.word(for: ERR_GET_REASON(ERR_peek_error())))
        }
    }

    private static func word(for reason: Int32) -> String {
        switch reason {
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_WRONG_VERSION_NUMBER, SSL_R_VERSION_TOO_LOW: "TLS version"
        case SSL_R_NO_SHARED_CIPHER: "TLS cipher"
        case SSL_R_NO_APPLICATION_PROTOCOL: "TLS application protocol"
        default: "TLS handshake"
        }
    }

    func receive(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        ERR_clear_error()
        readsWhenWritable = false
        let count = SSL_read(session, buffer.baseAddress, Int32(clamping: buffer.count))
        if count > 0 { return Int(count) }
        switch SSL_get_error(session, count) {
        case SSL_ERROR_ZERO_RETURN: return 0
        case SSL_ERROR_WANT_READ: errno = EAGAIN
        case SSL_ERROR_WANT_WRITE:
            readsWhenWritable = true
            errno = EAGAIN
        // Also when the client left without close_notify: what it sent may be truncated.
        default: fail()
        }
        return -1
    }

    func send(_ buffer: UnsafeRawBufferPointer) -> Int {
        ERR_clear_error()
        let count = SSL_write(session, buffer.baseAddress, Int32(clamping: buffer.count))
        if count > 0 { return Int(count) }
        switch SSL_get_error(session, count) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: errno = EAGAIN
        default: fail()
        }
        return -1
    }

    private func fail() {
        hasFailed = true
        ERR_clear_error()
        errno = EPROTO
    }

    /// Sends close_notify (RFC 8446 section 6.1).
    /// - Returns: Whether that is done; false if the socket is not ready yet.
    @discardableResult
    func close() -> Bool {
        guard isEstablished, !hasFailed, !isClosed else { return true }
        ERR_clear_error()
        let status = SSL_shutdown(session)
        if status < 0, SSL_get_error(session, status) == SSL_ERROR_WANT_WRITE { return false }
        isClosed = true
        ERR_clear_error()
        return true
    }
}
