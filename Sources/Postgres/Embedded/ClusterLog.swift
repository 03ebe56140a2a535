internal import Glibc

/// What the embedded PostgreSQL writes down. The file is kept small: what fills it moves to `postgres.log.1`.
struct ClusterLog: Sendable {
    let path: String
    /// From how many bytes on the file is emptied.
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

    /// Moves the lines away when there are too many. The server goes on with its descriptor, so the file itself stays and is emptied.
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
        // Where there is no room for the old lines they are given up: a full disk needs room more.
        ftruncate(source, 0)
    }

    /// The last reason for which a server could not go on, of those that were written after the first `offset` bytes.
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
        // Before its log begins the server writes what is wrong without a word in front of it.
        let others = lines.filter { !$0.contains("LOG:  ") }.suffix(3)
        return others.isEmpty ? nil : others.joined(separator: " ")
    }
}
