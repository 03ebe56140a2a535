/// Bytes that grow: what a response is written to.
public final class ResponseBuffer {
    // Nothing here calls back into the buffer, so its properties need no check of exclusive access.
    @exclusivity(unchecked) @usableFromInline private(set) var start: UnsafeMutablePointer<UInt8>
    @exclusivity(unchecked) @usableFromInline private(set) var capacity: Int
    @exclusivity(unchecked) public private(set) var count = 0

    public init(capacity: Int = 16 * 1024) {
        self.capacity = max(64, capacity)
        start = .allocate(capacity: max(64, capacity))
    }

    deinit { start.deallocate() }

    public var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    /// Forgets everything that was written.
    public func removeAll() { count = 0 }

    /// Forgets what was written after `count` bytes.
    func truncate(to count: Int) { self.count = min(self.count, count) }

    @inline(__always)
    func reserve(_ additional: Int) {
        if count &+ additional > capacity { grow(additional) }
    }

    @inline(never)
    private func grow(_ additional: Int) {
        let larger = max(capacity * 2, count + additional)
        let new = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        new.update(from: start, count: count)
        start.deallocate()
        start = new
        capacity = larger
    }

    @inline(__always)
    func append(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count &+= 1
    }

    @inline(__always)
    func append(_ source: UnsafePointer<UInt8>, _ length: Int) {
        reserve(length)
        (start + count).update(from: source, count: length)
        count &+= length
    }

    @inline(__always)
    func append(_ text: StaticString) { append(text.utf8Start, text.utf8CodeUnitCount) }

    public func append(_ text: String) {
        var text = text
        text.withUTF8 { if let base = $0.baseAddress { append(base, $0.count) } }
    }

    /// A text between quotes, without escapes: it must need none.
    @inline(__always)
    func appendQuoted(_ source: UnsafePointer<UInt8>, _ length: Int) {
        reserve(length &+ 2)
        start[count] = 0x22
        (start + count + 1).update(from: source, count: length)
        start[count &+ length &+ 1] = 0x22
        count &+= length &+ 2
    }

    /// A JSON string. RFC 8259 section 7.
    @inline(__always)
    func appendString(_ source: UnsafePointer<UInt8>, _ length: Int) {
        reserve(length &* 6 &+ 2)
        var end = count
        start[end] = 0x22
        end &+= 1
        var index = 0
        let raw = UnsafeRawPointer(source)
        // Eight bytes at a time as long as none of them needs an escape.
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
        start[end] = 0x22
        count = end &+ 1
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

    /// An error as specification section 7.1.2 has it.
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
