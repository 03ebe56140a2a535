internal import Glibc

/// A file written piece by piece; `-` is standard output.
final class OutputFile {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let pieceSize = 256 * 1024

    private let path: String
    private let descriptor: Int32
    private var piece: [UInt8] = []

    /// Devices and pipes are written as they are. What already is standard output or standard error, such as
    /// `/dev/stdout`, is not opened again: the two would overwrite each other.
    /// - Parameter appends: Whether a regular file keeps its content.
    init(_ path: String, appends: Bool) throws(Failure) {
        self.path = path
        descriptor =
            Self.standardStream(path) ?? open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (appends ? O_APPEND : O_TRUNC), 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
    }

    deinit { if descriptor > STDERR_FILENO { close(descriptor) } }

    static func isStandardOutput(_ path: String) -> Bool { standardStream(path) == STDOUT_FILENO }

    private static func standardStream(_ path: String) -> Int32? {
        guard path != "-" else { return STDOUT_FILENO }
        guard let file = FileIdentity(path) else { return nil }
        return [STDOUT_FILENO, STDERR_FILENO].first { FileIdentity(descriptor: $0) == file }
    }

    private static func failure(_ path: String) -> Failure {
        Failure(description: "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }

    func write(_ bytes: some Collection<UInt8>) throws(Failure) {
        piece.append(contentsOf: bytes)
        if piece.count >= Self.pieceSize { try flush() }
    }

    func flush() throws(Failure) {
        var written = 0
        while written < piece.count {
            let count = piece.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure(path) }
            written += count
        }
        piece.removeAll(keepingCapacity: true)
    }

    /// Syncs what was written to disk, if the file is on one.
    func synchronize() throws(Failure) {
        try flush()
        guard fdatasync(descriptor) == 0 || errno == EINVAL || errno == EROFS else { throw Self.failure(path) }
    }
}
