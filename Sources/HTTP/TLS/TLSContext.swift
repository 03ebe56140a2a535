internal import COpenSSL
internal import Glibc

/// OpenSSL's state for all connections of one certificate.
final class TLSContext: @unchecked Sendable {
    let handle: OpaquePointer
    /// In seconds since the Unix epoch.
    let end: Int

    /// For a server.
    init(certificatePath: String, keyPath: String) throws(TLSFailure) {
        let (handle, end) = try Self.make(certificatePath, keyPath)
        self.handle = handle
        self.end = end
    }

    deinit { SSL_CTX_free(handle) }

    /// Seconds until the certificate expires.
    var secondsLeft: Int { end - time(nil) }

    private static func make(_ certificatePath: String, _ keyPath: String) throws(TLSFailure) -> (OpaquePointer, end: Int) {
        ERR_clear_error()
        for (path, what) in [(certificatePath, "certificate"), (keyPath, "key")] where access(path, R_OK) != 0 {
            throw TLSFailure("The \(what) file \(path) cannot be read: \(String(cString: strerror(errno))).")
        }
        guard let handle = SSL_CTX_new(TLS_server_method()) else { throw TLSFailure("TLS cannot be started: \(TLSFailure.reason).") }
        do {
            return (handle, try fill(handle, certificatePath, keyPath))
        } catch {
            SSL_CTX_free(handle)
            throw error
        }
    }

    private static func fill(_ handle: OpaquePointer, _ certificatePath: String, _ keyPath: String) throws(TLSFailure) -> Int {
        openssl_prepare_server(handle)
        // RFC 9325 section 4.2: with TLS 1.2 only ciphers with forward secrecy and authenticated encryption.
        guard openssl_require_tls12(handle) == 1, SSL_CTX_set_cipher_list(handle, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 else {
            throw TLSFailure("TLS cannot be started: \(TLSFailure.reason).")
        }
        // There is no one to type a passphrase: a key that has one is refused.
        SSL_CTX_set_default_passwd_cb(handle) { _, _, _, _ in 0 }
        guard SSL_CTX_use_certificate_chain_file(handle, certificatePath) == 1 else {
            throw TLSFailure("The certificate file \(certificatePath) holds no certificate in PEM: \(TLSFailure.reason).")
        }
        guard SSL_CTX_use_PrivateKey_file(handle, keyPath, SSL_FILETYPE_PEM) == 1 else {
            let code = ERR_peek_last_error()
            if ERR_GET_REASON(code) == X509_R_KEY_VALUES_MISMATCH {
                ERR_clear_error()
                throw TLSFailure("The key in \(keyPath) is not that of the certificate in \(certificatePath).")
            }
            throw TLSFailure("The key file \(keyPath) holds no private key in PEM without a pass phrase: \(TLSFailure.reason).")
        }
        guard SSL_CTX_check_private_key(handle) == 1 else {
            ERR_clear_error()
            throw TLSFailure("The key in \(keyPath) is not that of the certificate in \(certificatePath).")
        }
        SSL_CTX_set_alpn_select_cb(handle, selectProtocol, nil)
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard let certificate = SSL_CTX_get0_certificate(handle),
            ASN1_TIME_diff(&days, &seconds, nil, X509_get0_notAfter(certificate)) == 1
        else { throw TLSFailure("The certificate in \(certificatePath) does not say when it ends.") }
        return time(nil) + Int(days) * 86_400 + Int(seconds)
    }

    /// RFC 7301: a client that names protocols must name ours; one that names none is served.
    private static let selectProtocol: SSL_CTX_alpn_select_cb_func = { _, out, outLength, offered, length, _ in
        guard let out, let outLength, let offered else { return SSL_TLSEXT_ERR_NOACK }
        let ours = Array("http/1.1".utf8)
        var position = 0
        let count = Int(length)
        while position < count {
            let size = Int(offered[position])
            guard position + 1 + size <= count else { break }
            if size == ours.count, (0..<size).allSatisfy({ offered[position + 1 + $0] == ours[$0] }) {
                out.pointee = offered + position + 1
                outLength.pointee = UInt8(size)
                return SSL_TLSEXT_ERR_OK
            }
            position += 1 + size
        }
        return SSL_TLSEXT_ERR_ALERT_FATAL
    }
}
