/// The parsed request line and header section of a request.
struct RequestHead {
    enum Framing: Equatable {
        case length(Int)
        case chunked
    }

    var method = ""
    var path = ""
    var query: String?
    var fields: [HTTPField] = []
    var isHTTP10 = false
    var framing = Framing.length(0)
    var keepsAlive = true
    var expectsContinue = false
}

/// Why a request is refused. The connection is closed after the response.
struct Refusal: Error, Equatable {
    let status: Int
    let reason: String

    static let noMemory = Refusal(status: 503, reason: "the server is too busy: try again shortly")
}

/// Parses request heads, RFC 9112, strictly: what two parsers could read differently is refused.
struct RequestHeadParser {
    let requestLineLimit: Int
    let headerLimit: Int
    let fieldLimit: Int
    let bodyLimit: Int

    /// - Returns: The head and its length in bytes, or nil if more bytes are needed.
    func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(Refusal) -> (head: RequestHead, length: Int)? {
        // RFC 9112 section 2.2: an empty line before a request is skipped.
        var start = 0
        while start + 1 < bytes.count, bytes[start] == 13, bytes[start + 1] == 10 { start += 2 }
        guard start <= requestLineLimit else { throw Refusal(status: 400, reason: "too many empty lines") }
        guard let lineEnd = try line(bytes, from: start, limit: requestLineLimit, status: 414) else { return nil }
        var head = RequestHead()
        try requestLine(Slice(base: bytes, bounds: start..<lineEnd), &head)

        let headerStart = lineEnd + 2
        var position = headerStart
        while true {
            let room = headerLimit - (position - headerStart)
            guard let end = try line(bytes, from: position, limit: room, status: 431) else { return nil }
            if end == position { break }
            guard head.fields.count < fieldLimit else { throw Refusal(status: 431, reason: "too many header fields") }
            head.fields.append(try field(Slice(base: bytes, bounds: position..<end)))
            position = end + 2
        }
        try understand(&head)
        return (head, position + 2)
    }

    private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    /// The index of the CR LF that ends the line starting at `start`. Nil if it has not arrived.
    private func line(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, limit: Int, status: Int) throws(Refusal) -> Int? {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 10 { throw Refusal(status: 400, reason: "a line ends without CR") }
            if byte == 13 {
                guard index + 1 < bytes.count else { break }
                guard bytes[index + 1] == 10 else { throw Refusal(status: 400, reason: "a CR without LF") }
                if index - start > limit { throw Refusal(status: status, reason: "too long") }
                return index
            }
            index += 1
        }
        if index - start > limit { throw Refusal(status: status, reason: "too long") }
        return nil
    }

    private func requestLine(_ line: Bytes, _ head: inout RequestHead) throws(Refusal) {
        guard let first = line.firstIndex(of: 32), let last = line.lastIndex(of: 32), first < last else {
            throw Refusal(status: 400, reason: "malformed request line")
        }
        let method = line[line.startIndex..<first]
        guard !method.isEmpty, method.allSatisfy(\.isTokenByte) else { throw Refusal(status: 400, reason: "malformed method") }
        head.method = String(decoding: method, as: UTF8.self)
        switch String(decoding: line[line.index(after: last)...], as: UTF8.self) {
        case "HTTP/1.1": break
        case "HTTP/1.0":
            head.isHTTP10 = true
            head.keepsAlive = false
        case let version where version.hasPrefix("HTTP/"): throw Refusal(status: 505, reason: "HTTP version not supported")
        default: throw Refusal(status: 400, reason: "malformed request line")
        }
        var target = line[line.index(after: first)..<last]
        guard !target.isEmpty, target.allSatisfy({ $0 > 32 && $0 < 127 }) else { throw Refusal(status: 400, reason: "malformed target") }
        if target.first != UInt8(ascii: "/"), !(target.count == 1 && target.first == UInt8(ascii: "*")) {
            target = try absoluteForm(target)
        }
        let mark = target.firstIndex(of: UInt8(ascii: "?"))
        head.path = String(decoding: target[..<(mark ?? target.endIndex)], as: UTF8.self)
        if head.path.isEmpty { head.path = "/" }
        head.query = mark.map { String(decoding: target[target.index(after: $0)...], as: UTF8.self) }
    }

    /// What follows the host in `http://host/path`, the form sent to proxies.
    private func absoluteForm(_ target: Bytes) throws(Refusal) -> Bytes {
        let text = String(decoding: target.prefix(8), as: UTF8.self).lowercased()
        let scheme = text.hasPrefix("http://") ? 7 : text.hasPrefix("https://") ? 8 : 0
        guard scheme > 0 else { throw Refusal(status: 400, reason: "malformed target") }
        let rest = target[(target.startIndex + scheme)...]
        let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
        // RFC 9110 section 4.2.1: a URI without a host is invalid.
        guard end > rest.startIndex, rest.first != UInt8(ascii: ":"), HostSyntax.isValid(rest[..<end]) else {
            throw Refusal(status: 400, reason: "malformed host")
        }
        return rest[end...]
    }

    private func field(_ line: Bytes) throws(Refusal) -> HTTPField {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
            throw Refusal(status: 400, reason: "malformed header field")
        }
        let name = line[..<colon]
        // This also refuses a space before the colon, and folded lines.
        guard name.allSatisfy(\.isTokenByte) else { throw Refusal(status: 400, reason: "malformed header field name") }
        var value = line[line.index(after: colon)...]
        while let byte = value.first, byte == 32 || byte == 9 { value = value.dropFirst() }
        while let byte = value.last, byte == 32 || byte == 9 { value = value.dropLast() }
        guard value.allSatisfy({ $0 >= 32 && $0 != 127 || $0 == 9 }) else {
            throw Refusal(status: 400, reason: "malformed header field value")
        }
        return HTTPField(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
    }

    private func understand(_ head: inout RequestHead) throws(Refusal) {
        var hosts = 0
        var length: Int?
        var codings: [String]?
        var closes = false
        for field in head.fields {
            switch field.name.lowercased() {
            case "host":
                hosts += 1
                guard HostSyntax.isValid(field.value.utf8) else { throw Refusal(status: 400, reason: "malformed Host") }
            case "content-length":
                let value = try contentLength(field.value)
                if let length, length != value { throw Refusal(status: 400, reason: "two lengths") }
                if length != nil { throw Refusal(status: 400, reason: "repeated Content-Length") }
                length = value
            case "transfer-encoding":
                guard !head.isHTTP10 else { throw Refusal(status: 400, reason: "Transfer-Encoding not allowed") }
                codings = (codings ?? []) + field.value.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
            case "connection":
                for option in field.value.split(separator: ",").map(\.trimmed) {
                    if option.equalsIgnoringCase("close") { closes = true }
                    if option.equalsIgnoringCase("keep-alive"), head.isHTTP10 { head.keepsAlive = true }
                }
            case "expect":
                guard field.value.equalsIgnoringCase("100-continue") else { throw Refusal(status: 417, reason: "unknown expectation") }
                head.expectsContinue = !head.isHTTP10
            default: break
            }
        }
        guard hosts == 1 || (hosts == 0 && head.isHTTP10) else { throw Refusal(status: 400, reason: "one Host is needed") }
        if closes { head.keepsAlive = false }
        if let codings {
            try Self.check(codings)
            guard length == nil else { throw Refusal(status: 400, reason: "Content-Length with Transfer-Encoding") }
            head.framing = .chunked
        } else {
            guard (length ?? 0) <= bodyLimit else { throw Refusal(status: 413, reason: "the body is too large") }
            head.framing = .length(length ?? 0)
        }
    }

    /// RFC 9112 section 6.1: "chunked" must be last and occur once; otherwise the end of the body is unknown.
    private static func check(_ codings: [String]) throws(Refusal) {
        let places = codings.indices.filter { codings[$0].equalsIgnoringCase("chunked") }
        guard places == [codings.count - 1] else {
            throw Refusal(status: 400, reason: "Transfer-Encoding must end with chunked, once")
        }
        guard codings.count == 1 else { throw Refusal(status: 501, reason: "unknown transfer coding") }
    }

    private func contentLength(_ text: String) throws(Refusal) -> Int {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw Refusal(status: 400, reason: "malformed Content-Length")
        }
        // A number that overflows is too large a body all the same.
        return Int(text) ?? Int.max
    }
}

extension UInt8 {
    /// `tchar` of RFC 9110 section 5.6.2.
    var isTokenByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "'"),
            UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "_"),
            UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
