internal import COpenSSL
internal import EventLoop
internal import Glibc

/// A server's certificate and key, from two PEM files. They can be reloaded while the server runs.
public final class TLSCertificate: Sendable {
    private let certificatePath: String
    private let keyPath: String
    private let current: Lock<TLSContext>

    /// - Parameters:
    ///   - certificatePath: The server's certificate, followed by any intermediate ones.
    ///   - keyPath: Its private key, without a passphrase.
    /// - Throws: if a file cannot be read, or the key is not the certificate's. An expired certificate is accepted: see
    ///   `warnings`.
    public init(certificatePath: String, keyPath: String) throws(TLSFailure) {
        self.certificatePath = certificatePath
        self.keyPath = keyPath
        current = Lock(try TLSContext(certificatePath: certificatePath, keyPath: keyPath))
    }

    /// Reloads the files, for connections that begin from now on.
    /// - Throws: if they cannot be used, or the certificate has expired: then nothing changes.
    public func reload() throws(TLSFailure) {
        let context = try TLSContext(certificatePath: certificatePath, keyPath: keyPath)
        guard context.secondsLeft > 0 else {
            throw TLSFailure("The certificate in \(certificatePath) has expired. Renew it.")
        }
        current.withLock { $0 = context }
    }

    /// Seconds until the certificate expires; negative if it has.
    public var secondsLeft: Int { current.withLock(\.secondsLeft) }

    /// When it expires, in seconds since the Unix epoch.
    public var end: Double { Double(current.withLock(\.end)) }

    /// What an operator should fix.
    public var warnings: [String] {
        var warnings: [String] = []
        let left = secondsLeft
        if left <= 0 {
            warnings.append("The certificate in \(certificatePath) has expired: clients refuse it. Renew it and send SIGHUP.")
        } else if left < 14 * 86_400 {
            warnings.append("The certificate in \(certificatePath) expires in \(left / 86_400) days. Renew it and send SIGHUP.")
        }
        if isKeyReadableByOthers {
            warnings.append("Other accounts of this machine can read the key in \(keyPath). Restrict it: chmod 600.")
        }
        return warnings
    }

    /// Whether everyone may read or write the key's file. A group may: that is how services share certificates.
    public var isKeyReadableByOthers: Bool {
        var status = stat()
        return stat(keyPath, &status) == 0 && status.st_mode & 0o006 != 0
    }

    var context: TLSContext { current.withLock { $0 } }
}
