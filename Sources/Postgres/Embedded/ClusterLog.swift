internal import Glibc

/// The embedded PostgreSQL's log. The file is kept small: once full, its lines move to `postgres.log.1`.
struct ClusterLog: Sendable {
    let path: String
    /// The size in bytes from which the file is rotated.
    let limit: Int

    /// A descriptor for the server to append to. Only the owner can read the file.
    func open() throws(EmbeddedCluster.Failure) -> Int32 {
        rotate()
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw EmbeddedCluster.Failure("\(path) cannot be written: \(String(cString: strerror(errno)))") }
        fchmod(descriptor, 0o600)
        return descriptor
    }

    /// In bytes.
    var size: Int {
        var information = stat()
        return stat(path, &information) == 0 ? information.st_size : 0
    }

    /// Moves the lines away if there are too many. The server keeps its descriptor, so the file itself stays and is
    /// truncated.
    func rotate() {
        guard size >= limit else { return }
        let source = Glibc.open(path, O_RDWR | O_CLOEXEC)
        guard source >= 0 else { return }
        defer { close(source) }
        let target = Glibc.open(path + ".1", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        if target >= 0 {
            fchmod(target, 0o600)
            var chunk = [UInt8](repeating: 0, count: 256 * 1024)
            while case let count = read(source, &chunk, chunk.count), count > 0, write(target, chunk, count) == count {}
            close(target)
        }
        // If there is no room for the old lines they are dropped: a full disk needs the room more.
        ftruncate(source, 0)
    }

    /// The last reason why the server could not go on, among the lines after the first `offset` bytes.
    func lastFailure(after offset: Int) -> String? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        let start = max(min(offset, size), size - bytes.count)
        let count = pread(descriptor, &bytes, bytes.count, start)
        guard count > 0 else { return nil }
        let lines = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
        for line in lines.reversed() {
            for word in ["FATAL:  ", "PANIC:  "] {
                if let range = line.firstRange(of: word) { return String(line[range.upperBound...]) }
            }
        }
        // Before its log begins, the server writes errors without a prefix.
        let others = lines.filter { !$0.contains("LOG:  ") }.suffix(3)
        return others.isEmpty ? nil : others.joined(separator: " ")
    }
}
