internal import Glibc

/// A file that is read line by line, with the memory of one piece and one line.
final class LineFile {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// A longer line is no record of ours.
    private static let limit = 16 * 1024 * 1024

    let size: Int
    /// Where the line that was read last ends, with its line end.
    private(set) var offset = 0
    private let descriptor: Int32
    private let path: String
    private var piece = [UInt8](repeating: 0, count: 256 * 1024)
    private var pending: ArraySlice<UInt8> = []

    init(_ path: String) throws(Failure) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(description: "\(path) cannot be read: \(String(cString: strerror(errno)))") }
        var status = stat()
        fstat(descriptor, &status)
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// The path without links and dots: what the file is remembered by.
    var realPath: String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    func seek(to offset: Int) {
        lseek(descriptor, off_t(offset), SEEK_SET)
        self.offset = offset
        pending = []
    }

    /// Up to `count` bytes before a place.
    func bytes(before end: Int, count: Int) -> [UInt8] {
        let start = max(0, end - count)
        var bytes = [UInt8](repeating: 0, count: end - start)
        let got = pread(descriptor, &bytes, bytes.count, off_t(start))
        return Array(bytes.prefix(max(0, got)))
    }

    /// The next line without its line end, or nil at the end of the file.
    func next() throws(Failure) -> [UInt8]? {
        var searched = pending.startIndex
        while true {
            if let end = pending[searched...].firstIndex(of: 0x0A) {
                let line = pending[pending.startIndex..<end]
                offset += line.count + 1
                pending = pending[(end + 1)...]
                return Array(line.last == 0x0D ? line.dropLast() : line)
            }
            guard pending.count <= Self.limit else { throw Failure(description: "\(path): a line is longer than \(Self.limit) bytes") }
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(description: "\(path) cannot be read: \(String(cString: strerror(errno)))") }
            if count == 0 {
                guard !pending.isEmpty else { return nil }
                let line = Array(pending)
                offset += line.count
                pending = []
                return line
            }
            let known = pending.count
            pending = ArraySlice(Array(pending) + piece[..<count])
            searched = pending.startIndex + known
        }
    }
}
