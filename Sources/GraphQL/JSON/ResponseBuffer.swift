/// A growing buffer that a response is written to.
///
/// It consists of chunks, so that written bytes never move and can be sent in place.
public final class ResponseBuffer {
    /// A reference-counted part of what was written.
    public final class Chunk: @unchecked Sendable {
        public let bytes: UnsafeRawBufferPointer
        private let memory: UnsafeMutablePointer<UInt8>

        fileprivate init(_ memory: UnsafeMutablePointer<UInt8>, _ count: Int) {
            self.memory = memory
            bytes = UnsafeRawBufferPointer(start: memory, count: count)
        }

        deinit { memory.deallocate() }
    }

    /// A chunk that is full.
    private struct Full {
        let start: UnsafeMutablePointer<UInt8>
        let capacity: Int
        let used: Int
    }

    // Nothing here calls back into the buffer, so its properties need no check of exclusive access.
    /// The chunk being written to.
    @exclusivity(unchecked) private var start: UnsafeMutablePointer<UInt8>
    @exclusivity(unchecked) private var capacity: Int
    @exclusivity(unchecked) private var used = 0
    @exclusivity(unchecked) private var full: [Full] = []
    /// Bytes of the full chunks.
    @exclusivity(unchecked) private var fullCount = 0
    private static let largestChunk = 256 * 1024
    private let reserve: ((Int) -> Bool)?
    /// Whether memory was refused. From then on everything written, before and after, is discarded.
    @exclusivity(unchecked) public private(set) var isRefused = false

    /// - Parameters:
    ///   - capacity: Bytes of the first chunk.
    ///   - reserve: Called with the size of each further chunk before it is allocated.
    public init(capacity: Int = 16 * 1024, reserve: ((Int) -> Bool)? = nil) {
        self.reserve = reserve
        self.capacity = max(64, capacity)
        start = .allocate(capacity: self.capacity)
    }

    deinit {
        start.deallocate()
        for chunk in full { chunk.start.deallocate() }
    }

    /// The number of bytes written.
    public var count: Int { fullCount &+ used }

    /// Everything written, as one array.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { target, length in
            guard let base = target.baseAddress else { return }
            for chunk in full {
                (base + length).initialize(from: chunk.start, count: chunk.used)
                length += chunk.used
            }
            (base + length).initialize(from: start, count: used)
            length += used
        }
    }

    /// Hands over what was written, without copying. The buffer is then empty.
    public func takeChunks() -> [Chunk] {
        var chunks = full.map { Chunk($0.start, $0.used) }
        chunks.append(Chunk(start, used))
        startOver()
        return chunks
    }

    /// Discards everything written.
    public func removeAll() { truncate(to: 0) }

    /// Discards what was written after `count` bytes.
    func truncate(to count: Int) {
        while count < fullCount, let last = full.popLast() {
            start.deallocate()
            (start, capacity, used) = (last.start, last.capacity, last.used)
            fullCount -= last.used
        }
        used = min(used, count - fullCount)
    }

    /// Prepends another buffer's content and replaces the first byte by `joint`. The other buffer is then empty.
    func prepend(_ head: ResponseBuffer, joint: UInt8) {
        (full.first?.start ?? start)[0] = joint
        head.full.append(Full(start: head.start, capacity: head.capacity, used: head.used))
        full = head.full + full
        fullCount += head.count
        head.startOver()
    }

    private func startOver() {
        full = []
        fullCount = 0
        capacity = 64
        start = .allocate(capacity: capacity)
        used = 0
    }

    @inline(__always)
    func makeRoom(_ additional: Int) {
        if used &+ additional > capacity { grow(additional) }
    }

    /// Begins a chunk, twice as large as the previous one while they are small.
    @inline(never)
    private func grow(_ additional: Int) {
        let larger = max(min(capacity * 2, Self.largestChunk), additional)
        if isRefused || reserve?(larger) == false {
            isRefused = true
            removeAll()
            if capacity >= additional { return }
        }
        if used > 0 {
            full.append(Full(start: start, capacity: capacity, used: used))
            fullCount += used
        } else {
            start.deallocate()
        }
        capacity = isRefused ? additional : larger
        start = .allocate(capacity: capacity)
        used = 0
    }

    @inline(__always)
    func append(_ byte: UInt8) {
        makeRoom(1)
        start[used] = byte
        used &+= 1
    }

    @inline(__always)
    func append(_ source: UnsafePointer<UInt8>, _ length: Int) {
        makeRoom(length)
        (start + used).update(from: source, count: length)
        used &+= length
    }

    @inline(__always)
    func append(_ text: StaticString) { append(text.utf8Start, text.utf8CodeUnitCount) }

    public func append(_ text: String) {
        var text = text
        text.withUTF8 { if let base = $0.baseAddress { append(base, $0.count) } }
    }

    /// A text in quotes that must not need escapes.
    @inline(__always)
    func appendQuoted(_ source: UnsafePointer<UInt8>, _ length: Int) {
        makeRoom(length &+ 2)
        start[used] = 0x22
        (start + used + 1).update(from: source, count: length)
        start[used &+ length &+ 1] = 0x22
        used &+= length &+ 2
    }

    /// A JSON string. RFC 8259 section 7.
    @inline(__always)
    func appendString(_ source: UnsafePointer<UInt8>, _ length: Int) {
        if length > Self.escapedAtOnce { return appendLongString(source, length) }
        makeRoom(length &* 6 &+ 2)
        start[used] = 0x22
        let end = escape(source, length, at: used &+ 1)
        start[end] = 0x22
        used = end &+ 1
    }

    /// An escape takes six bytes: for a long text, they are not all reserved at once.
    private static let escapedAtOnce = 4096

    @inline(never)
    private func appendLongString(_ source: UnsafePointer<UInt8>, _ length: Int) {
        append(UInt8(ascii: "\""))
        for place in stride(from: 0, to: length, by: Self.escapedAtOnce) {
            let count = min(Self.escapedAtOnce, length - place)
            makeRoom(count &* 6)
            used = escape(source + place, count, at: used)
        }
        append(UInt8(ascii: "\""))
    }

    /// Writes text with escapes into reserved room.
    /// - Returns: Where it ends.
    @inline(__always)
    private func escape(_ source: UnsafePointer<UInt8>, _ length: Int, at place: Int) -> Int {
        var end = place
        var index = 0
        let raw = UnsafeRawPointer(source)
        // Eight bytes at a time while none of them needs an escape.
        while index &+ 8 <= length {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let ones: UInt64 = 0x0101_0101_0101_0101
            let quote = word ^ 0x2222_2222_2222_2222
            let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
            let found = ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((word &- 0x2020_2020_2020_2020) & ~word)
            if found & 0x8080_8080_8080_8080 != 0 { break }
            UnsafeMutableRawPointer(start + end).storeBytes(of: word, as: UInt64.self)
            end &+= 8
            index &+= 8
        }
        while index < length {
            let byte = source[index]
            index &+= 1
            if byte >= 0x20, byte != 0x22, byte != 0x5C {
                start[end] = byte
                end &+= 1
            } else {
                end = appendEscape(byte, at: end)
            }
        }
        return end
    }

    public func appendString(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            if let base = bytes.baseAddress { appendString(base, bytes.count) } else { append("\"\"" as StaticString) }
        }
    }

    @inline(never)
    private func appendEscape(_ byte: UInt8, at end: Int) -> Int {
        start[end] = 0x5C
        let letter: UInt8
        switch byte {
        case 0x22, 0x5C: letter = byte
        case 0x08: letter = UInt8(ascii: "b")
        case 0x09: letter = UInt8(ascii: "t")
        case 0x0A: letter = UInt8(ascii: "n")
        case 0x0C: letter = UInt8(ascii: "f")
        case 0x0D: letter = UInt8(ascii: "r")
        default:
            let digits: StaticString = "0123456789abcdef"
            start[end + 1] = UInt8(ascii: "u")
            start[end + 2] = 0x30
            start[end + 3] = 0x30
            start[end + 4] = digits.utf8Start[Int(byte >> 4)]
            start[end + 5] = digits.utf8Start[Int(byte & 15)]
            return end + 6
        }
        start[end + 1] = letter
        return end + 2
    }

    /// A value as JSON.
    public func append(_ value: InputValue) {
        switch value {
        case .null: append("null" as StaticString)
        case .boolean(let flag): append(flag ? "true" as StaticString : "false")
        case .integer(let number): append(String(number))
        case .largeInteger(let digits): append(digits)
        case .float(let number): append(number.isFinite ? String(number) : "null")
        case .string(let text), .enumeration(let text): appendString(text)
        case .list(let values):
            append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { append(UInt8(ascii: ",")) }
                append(value)
            }
            append(UInt8(ascii: "]"))
        case .object(let object):
            append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { append(UInt8(ascii: ",")) }
                appendString(member.name)
                append(UInt8(ascii: ":"))
                append(member.value)
            }
            append(UInt8(ascii: "}"))
        }
    }

    /// An error in the format of specification section 7.1.2.
    public func append(_ error: GraphQLError) {
        append("{\"message\":" as StaticString)
        appendString(error.message)
        if !error.locations.isEmpty {
            append(",\"locations\":[")
            for (index, location) in error.locations.enumerated() {
                if index > 0 { append(UInt8(ascii: ",")) }
                append("{\"line\":\(location.line),\"column\":\(location.column)}")
            }
            append(UInt8(ascii: "]"))
        }
        if let path = error.path {
            append(",\"path\":[")
            for (index, element) in path.enumerated() {
                if index > 0 { append(UInt8(ascii: ",")) }
                switch element {
                case .key(let key): appendString(key)
                case .index(let number): append(String(number))
                }
            }
            append(UInt8(ascii: "]"))
        }
        append(",\"extensions\":{\"code\":")
        appendString(error.code.rawValue)
        for detail in error.details {
            append(UInt8(ascii: ","))
            appendString(detail.name)
            append(UInt8(ascii: ":"))
            append(detail.value)
        }
        append("}}")
    }
}
