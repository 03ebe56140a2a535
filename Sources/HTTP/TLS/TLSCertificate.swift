internal import COpenSSL
internal import EventLoop
internal import Glibc

/// The certificate of a server with its key, from two files in PEM. They can be read again while the server runs.
public final class TLSCertificate: Sendable {
    private let certificatePath: String
    private let keyPath: String
    private let current: Lock<TLSContext>

    /// - Parameters:
    ///   - certificatePath: The server's certificate, followed by those between it and the root.
    ///   - keyPath: Its private key, without a pass phrase.
    /// - Throws: when a file cannot be read, or the key is not the certificate's. One that has expired is taken: see `warnings`.
    public init(certificatePath: String, keyPath: String) throws(TLSFailure) {
        self.certificatePath = certificatePath
        self.keyPath = keyPath
        current = Lock(try TLSContext(certificatePath: certificatePath, keyPath: keyPath))
    }

    /// Reads the files again. Connections that begin from now on use what they hold.
    /// - Throws: when they cannot be used, or the certificate has expired: then everything stays as it was.
    public func reload() throws(TLSFailure) {
        let context = try TLSContext(certificatePath: certificatePath, keyPath: keyPath)
        guard context.secondsLeft > 0 else {
            throw TLSFailure("The certificate in \(certificatePath) has expired. Renew it.")
        }
        current.withLock { $0 = context }
    }

    /// Seconds from now to the certificate's end; negative when it has expired.
    public var secondsLeft: Int { current.withLock(\.secondsLeft) }

    /// When it ends, in seconds of the Unix epoch.
    public var end: Double { Double(current.withLock(\.end)) }

    /// What an operator should mend.
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

    /// Whether everybody may read the key's file, or may write it. A group may, which is how services share certificates.
    public var isKeyReadableByOthers: Bool {
        var status = stat()
        return stat(keyPath, &status) == 0 && status.st_mode & 0o006 != 0
    }

    var context: TLSContext { current.withLock { $0 } }
}
