internal import Memory

/// Gathers a request's body as it arrives: of a given length, or chunked (RFC 9112 section 7.1), whose extensions and
/// trailers are read and dropped. Allocates memory for what has arrived, not for what was announced.
struct RequestBody {
    private enum State {
        case size, data(Int), dataEnd, trailer, done
    }

    private(set) var bytes: [UInt8] = []
    private var capacity = 0
    private var count = 0
    private var state: State
    private var trailerBytes = 0
    private let isChunked: Bool
    private let limit: Int
    private let memory: MemoryReservation?
    private let isKept: Bool
    private static let lineLimit = 256
    private static let trailerLimit = 8 * 1024

    /// - Parameters:
    ///   - limit: Bytes of a chunked body; more is refused with 413. The parser has checked announced lengths.
    ///   - memory: Where the body is counted.
    ///   - isKept: Whether its bytes are wanted.
    init(_ framing: RequestHead.Framing, limit: Int, memory: MemoryReservation? = nil, isKept: Bool = true) {
        self.memory = memory
        self.isKept = isKept
        switch framing {
        case .length(let length):
            isChunked = false
            state = length > 0 ? .data(length) : .done
            self.limit = length
        case .chunked:
            isChunked = true
            state = .size
            self.limit = limit
        }
    }

    var isComplete: Bool {
        if case .done = state { return true }
        return false
    }

    /// - Returns: How many bytes were consumed. Call again with the rest and what has arrived since.
    mutating func consume(_ input: UnsafeBufferPointer<UInt8>) throws(Refusal) -> Int {
        var position = 0
        while true {
            switch state {
            case .size:
                guard let end = try lineEnd(input, position, limit: Self.lineLimit) else { return position }
                let size = try chunkSize(input[position..<end])
                guard size <= limit - count else { throw Refusal(status: 413, reason: "the body is too large") }
                position = end + 2
                state = size == 0 ? .trailer : .data(size)
            case .data(let left):
                let count = min(left, input.count - position)
                try append(UnsafeBufferPointer(rebasing: input[position..<position + count]))
                position += count
                self.count += count
                guard count == left else {
                    state = .data(left - count)
                    return position
                }
                state = isChunked ? .dataEnd : .done
            case .dataEnd:
                guard input.count - position >= 2 else { return position }
                guard input[position] == 13, input[position + 1] == 10 else { throw Refusal(status: 400, reason: "malformed chunk") }
                position += 2
                state = .size
            case .trailer:
                guard let end = try lineEnd(input, position, limit: Self.trailerLimit - trailerBytes) else { return position }
                trailerBytes += end + 2 - position
                state = end == position ? .done : .trailer
                position = end + 2
            case .done: return position
            }
        }
    }

    private mutating func append(_ piece: UnsafeBufferPointer<UInt8>) throws(Refusal) {
        guard isKept else { return }
        let needed = bytes.count + piece.count
        if needed > capacity {
            // While it grows there are two buffers.
            let larger = min(limit, max(needed, 2 * capacity))
            if memory?.grow(.bodies, by: larger) == false { throw .noMemory }
            bytes.reserveCapacity(larger)
            memory?.shrink(.bodies, by: capacity)
            capacity = larger
        }
        bytes.append(contentsOf: piece)
    }

    private func lineEnd(_ input: UnsafeBufferPointer<UInt8>, _ start: Int, limit: Int) throws(Refusal) -> Int? {
        var index = start
        while index < input.count {
            guard index - start <= limit else { throw Refusal(status: 400, reason: "a line of the body is too long") }
            if input[index] == 10 { throw Refusal(status: 400, reason: "a line ends without CR") }
            if input[index] == 13 {
                guard index + 1 < input.count else { return nil }
                guard input[index + 1] == 10 else { throw Refusal(status: 400, reason: "a CR without LF") }
                return index
            }
            index += 1
        }
        guard index - start <= limit else { throw Refusal(status: 400, reason: "a line of the body is too long") }
        return nil
    }

    private func chunkSize(_ line: Slice<UnsafeBufferPointer<UInt8>>) throws(Refusal) -> Int {
        var size = 0
        var digits = 0
        for byte in line {
            let digit: Int
            switch byte {
            case 0x30...0x39: digit = Int(byte) - 0x30
            case 0x61...0x66: digit = Int(byte) - 0x61 + 10
            case 0x41...0x46: digit = Int(byte) - 0x41 + 10
            case UInt8(ascii: ";") where digits > 0: return size
            default: throw Refusal(status: 400, reason: "malformed chunk size")
            }
            digits += 1
            guard digits <= 15 else { throw Refusal(status: 413, reason: "the body is too large") }
            size = size << 4 | digit
        }
        guard digits > 0 else { throw Refusal(status: 400, reason: "malformed chunk size") }
        return size
    }
}
