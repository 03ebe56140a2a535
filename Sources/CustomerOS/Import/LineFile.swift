internal import Glibc

/// A file, or standard input, read line by line, with the memory of one chunk and one line.
final class LineFile {
    enum Line {
        /// Without its line end, LF or CR LF.
        case text([UInt8])
        /// Longer than the limit. It was read to its end but not kept.
        case tooLong
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let pieceSize = 256 * 1024
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Bytes; 0 if unknown.
    let size: Int
    /// The end of the last line read, line end included.
    private(set) var offset = 0
    /// Whether it is seekable: pipes and standard input are not.
    let isRegular: Bool
    private let descriptor: Int32
    private let path: String
    private let limit: Int
    private var buffer: [UInt8] = []
    /// The start of the next line in the buffer.
    private var start = 0

    /// - Parameters:
    ///   - path: `-` is standard input.
    ///   - limit: The longest line in bytes, without its line end.
    init(_ path: String, limit: Int) throws(Failure) {
        self.path = path
        self.limit = limit
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(description: "\(path) cannot be read: \(String(cString: strerror(errno)))") }
        var status = stat()
        fstat(descriptor, &status)
        isRegular = path != "-" && status.st_mode & S_IFMT == S_IFREG
        size = isRegular ? Int(status.st_size) : 0
    }

    deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

    /// The path without links and dots, which identifies the file.
    var realPath: String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Continues at an offset of a regular file at which a line begins.
    func seek(to offset: Int) {
        lseek(descriptor, off_t(offset), SEEK_SET)
        self.offset = offset
        buffer = []
        start = 0
    }

    /// Up to `count` bytes before an offset of a regular file.
    func bytes(before end: Int, count: Int) -> [UInt8] {
        let start = max(0, end - count)
        var bytes = [UInt8](repeating: 0, count: end - start)
        let got = pread(descriptor, &bytes, bytes.count, off_t(start))
        return Array(bytes.prefix(max(0, got)))
    }

    /// Up to `count` unread bytes, without consuming them.
    func peek(_ count: Int) throws(Failure) -> ArraySlice<UInt8> {
        while buffer.count - start < count, try fill() {}
        return buffer[start...].prefix(count)
    }

    /// The next line, or nil at the end.
    func next() throws(Failure) -> Line? {
        if offset == 0, try peek(3).elementsEqual(Self.byteOrderMark) { skip(3) }
        var searched = start
        var isTooLong = false
        while true {
            if let end = lineEnd(from: searched) {
                let line = buffer[start..<end]
                skip(line.count + 1)
                return isTooLong ? .tooLong : judged(line)
            }
            // One more byte may be the CR of the line end.
            if isTooLong || buffer.count - start > limit + 1 {
                isTooLong = true
                skip(buffer.count - start)
            }
            searched = buffer.count
            let kept = buffer.count - start
            guard try fill() else {
                guard kept > 0 || isTooLong else { return nil }
                let line = buffer[start...]
                skip(kept)
                return isTooLong ? .tooLong : judged(line)
            }
            searched = start + kept
        }
    }

    private func judged(_ line: ArraySlice<UInt8>) -> Line {
        let text = line.last == 0x0D ? line.dropLast() : line
        return text.count > limit ? .tooLong : .text(Array(text))
    }

    private func skip(_ count: Int) {
        start += count
        offset += count
    }

    private func lineEnd(from place: Int) -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let found = memchr(base + place, 0x0A, bytes.count - place) else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    /// Moves unread bytes to the front and reads another chunk.
    /// - Returns: Whether there was one.
    private func fill() throws(Failure) -> Bool {
        buffer.removeFirst(start)
        start = 0
        let kept = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: Self.pieceSize))
        var count = -1
        repeat {
            count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress.map { $0 + kept }, Self.pieceSize) }
        } while count < 0 && errno == EINTR
        buffer.removeLast(Self.pieceSize - max(0, count))
        guard count >= 0 else { throw Failure(description: "\(path) cannot be read: \(String(cString: strerror(errno)))") }
        return count > 0
    }
}
