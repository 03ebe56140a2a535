internal import COpenSSL
internal import EventLoop
internal import Glibc

/// A request to another server, on a connection of its own. It blocks, so keep it off the loops' threads.
public struct OutgoingRequest: Sendable {
    /// An address: `http://host:port/path` or `https://…`.
    public struct Address: Sendable, Equatable {
        public let isSecure: Bool
        public let host: String
        public let port: UInt16
        /// With a leading slash.
        public var path: String

        /// Nil if it is not such an address. A user, a query or a fragment is not allowed.
        public init?(_ text: String) {
            let rest: Substring
            if text.lowercased().hasPrefix("https://") {
                isSecure = true
                rest = text.dropFirst(8)
            } else if text.lowercased().hasPrefix("http://") {
                isSecure = false
                rest = text.dropFirst(7)
            } else {
                return nil
            }
            guard rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !rest.contains(where: { "@?#\\".contains($0) }) else { return nil }
            let slash = rest.firstIndex(of: "/") ?? rest.endIndex
            path = slash == rest.endIndex ? "/" : String(rest[slash...])
            var authority = rest[..<slash]
            var portText: Substring?
            if authority.hasPrefix("[") {
                guard let end = authority.firstIndex(of: "]") else { return nil }
                let after = authority[authority.index(after: end)...]
                guard after.isEmpty || after.hasPrefix(":") else { return nil }
                if !after.isEmpty { portText = after.dropFirst() }
                authority = authority[authority.index(after: authority.startIndex)..<end]
            } else if let colon = authority.firstIndex(of: ":") {
                portText = authority[authority.index(after: colon)...]
                authority = authority[..<colon]
            }
            guard !authority.isEmpty else { return nil }
            host = String(authority)
            guard let portText else {
                port = isSecure ? 443 : 80
                return
            }
            guard let number = UInt16(portText), number > 0 else { return nil }
            port = number
        }
    }

    public struct Failure: Error, CustomStringConvertible, Sendable {
        public let description: String

        init(_ description: String) { self.description = description }
    }

    public struct Response: Sendable {
        public let status: Int
        public let fields: [HTTPField]
        /// The first 64 KiB at most.
        public let body: [UInt8]

        /// The value of the first field of that name.
        public func field(_ name: String) -> String? { fields.first { $0.name.equalsIgnoringCase(name) }?.value }
    }

    public var method: String
    public var address: Address
    public var fields: [HTTPField]
    public var body: [UInt8]
    /// A file of certificates to trust in place of the system's.
    public var trustedCertificates: String?
    /// Whether any certificate is accepted: for a server of ours on this machine.
    public var trustsAnyCertificate = false
    /// For the whole exchange.
    public var limit: Duration

    public init(
        _ method: String, _ address: Address, fields: [HTTPField] = [], body: [UInt8] = [], trustedCertificates: String? = nil,
        limit: Duration = .seconds(10)
    ) {
        self.method = method
        self.address = address
        self.fields = fields
        self.body = body
        self.trustedCertificates = trustedCertificates
        self.limit = limit
    }

    /// - Parameter isCancelled: Called every few milliseconds; true ends the request.
    /// - Throws: if no complete response arrives in time.
    public func send(isCancelled: @escaping @Sendable () -> Bool = { false }) throws(Failure) -> Response {
        let components = limit.components
        let nanoseconds = UInt64(max(0, components.seconds)) * 1_000_000_000 + UInt64(max(0, components.attoseconds / 1_000_000_000))
        let connection = try OutgoingConnection(self, deadline: EventLoop.now + nanoseconds, isCancelled: isCancelled)
        let isDefaultPort = address.port == (address.isSecure ? 443 : 80)
        let host = address.host.contains(":") ? "[\(address.host)]" : address.host
        var head = "\(method) \(address.path) HTTP/1.1\r\nHost: \(host)\(isDefaultPort ? "" : ":\(address.port)")\r\n"
        for field in fields { head += "\(field.name): \(field.value)\r\n" }
        head += "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        try connection.send(Array(head.utf8) + body)
        return try Self.response(in: connection)
    }

    private static func response(in connection: OutgoingConnection) throws(Failure) -> Response {
        var bytes: [UInt8] = []
        var head: (lines: [Substring], end: Int)?
        while true {
            if head == nil, let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
                // An interim response.
                if lines.first?.hasPrefix("HTTP/1.1 1") == true {
                    bytes.removeFirst(end.upperBound)
                    continue
                }
                head = (lines, end.upperBound)
            }
            if let head, let length = Self.length(head.lines), bytes.count - head.end >= min(length, 65_536) { break }
            if bytes.count > 131_072 { break }
            guard let more = try connection.receive() else { break }
            bytes += more
        }
        guard let head, let status = head.lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }),
            head.lines.first?.hasPrefix("HTTP/1.") == true
        else { throw Failure("the answer is not HTTP") }
        let fields = head.lines.dropFirst().compactMap { line -> HTTPField? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return HTTPField(String(line[..<colon]), line[line.index(after: colon)...].trimmed)
        }
        return Response(status: status, fields: fields, body: Array(bytes[head.end...].prefix(65_536)))
    }

    private static func length(_ lines: [Substring]) -> Int? {
        for line in lines.dropFirst() where line.lowercased().hasPrefix("content-length:") {
            return Int(line.dropFirst(15).trimmed)
        }
        return nil
    }
}
