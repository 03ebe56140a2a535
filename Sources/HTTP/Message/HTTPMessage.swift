public import Memory

/// A header field, its name as received. RFC 9110 section 5.
public struct HTTPField: Sendable, Equatable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A complete request. RFC 9112.
public struct HTTPRequest: Sendable {
    public var method: String
    /// Without the query, as sent: percent-encoding is kept.
    public var path: String
    /// What follows `?`, or nil.
    public var query: String?
    public var fields: [HTTPField]
    public var body: [UInt8]
    /// Who sent it: the client, or a proxy. Nil if the connection has no address.
    public var peer: IPAddress?

    public init(
        method: String, path: String, query: String? = nil, fields: [HTTPField] = [], body: [UInt8] = [], peer: IPAddress? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.fields = fields
        self.body = body
        self.peer = peer
    }

    func with(body: [UInt8]) -> HTTPRequest {
        var request = self
        request.body = body
        return request
    }

    /// The value of the first field of that name, ignoring case.
    public func field(_ name: String) -> String? {
        fields.first { $0.name.equalsIgnoringCase(name) }?.value
    }

    /// The values of all fields of that name.
    public func allFields(_ name: String) -> [String] {
        fields.filter { $0.name.equalsIgnoringCase(name) }.map(\.value)
    }

    /// The elements of the list that all fields of that name form together, trimmed, without empty ones. RFC 9110
    /// sections 5.3 and 5.6.1.
    public func list(_ name: String) -> [String] {
        allFields(name).flatMap { $0.split(separator: ",") }.map(\.trimmed).filter { !$0.isEmpty }
    }
}

/// A response. `Content-Length`, `Date` and `Connection` are added when it is sent.
public struct HTTPResponse: Sendable {
    public var status: Int
    public var fields: [HTTPField]
    public var body: HTTPBody
    /// The memory held for the body until it is sent.
    public var memory: MemoryReservation?

    public init(status: Int, fields: [HTTPField] = [], body: HTTPBody = HTTPBody()) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// A text response.
    public init(status: Int, contentType: String = "text/plain; charset=utf-8", text: String, fields: [HTTPField] = []) {
        self.init(status: status, fields: [HTTPField("Content-Type", contentType)] + fields, body: HTTPBody(Array(text.utf8)))
    }
}

/// What a handler decides once a request's head has arrived.
public enum HTTPAdmission: Sendable {
    /// The answer, without reading the body: if it has not fully arrived, the connection ends.
    case answered(HTTPResponse)
    /// The body is read, and the complete request is passed to `respond`.
    /// - Parameter memory: Counts the body as it arrives; without room for it the answer is 503.
    case admitted(memory: MemoryReservation? = nil, respond: @Sendable (HTTPRequest) async -> HTTPResponse)
}

/// Answers requests, on the loop of the request's connection. The task is cancelled when the client disconnects.
public protocol HTTPHandler: Sendable {
    /// Decides on a request by its head; its body is still empty.
    func admit(_ request: HTTPRequest) async -> HTTPAdmission
}

extension StringProtocol {
    /// Without spaces and tabs at both ends: the optional whitespace of RFC 9110 section 5.6.3. Those inside stay, as
    /// part of the word.
    public var trimmed: String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let bytes = Substring(self).utf8.drop(while: isBlank)
        guard let last = bytes.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(Substring(bytes[...last]))
    }

    /// Folds ASCII letters only: not `K` (U+212A), which Swift would fold to K.
    func equalsIgnoringCase(_ other: String) -> Bool {
        utf8.count == other.utf8.count && zip(utf8, other.utf8).allSatisfy { $0 == $1 || ($0 ^ $1 == 0x20 && ($0 | 0x20).isLetter) }
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (0x61...0x7A).contains(self) }
}
