internal import Glibc

/// Identifies the file behind a path or descriptor, whatever its name.
struct FileIdentity: Equatable {
    private let device: dev_t
    private let number: ino_t
    /// Whether it is a regular file, not a device, pipe or folder.
    let isRegular: Bool

    /// Nil if there is none.
    init?(_ path: String) {
        var status = Glibc.stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Nil if the descriptor is closed.
    init?(descriptor: Int32) {
        var status = Glibc.stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        device = status.st_dev
        number = status.st_ino
        isRegular = status.st_mode & S_IFMT == S_IFREG
    }
}
