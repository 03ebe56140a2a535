/// A request as sent, except for its number.
struct PreparedRequest {
    private let head: [UInt8]
    private let body: Template
    private let expected: Template?

    init(_ request: Plan.Stream.Request, keeps: Bool) {
        var text = "\(request.method) \(request.path) HTTP/1.1\r\nHost: load\r\n"
        for (name, value) in request.headers { text += "\(name): \(value)\r\n" }
        if !keeps { text += "Connection: close\r\n" }
        head = Array(text.utf8)
        body = Template(request.body)
        expected = request.expected.map { Template($0) }
    }

    func bytes(_ number: Int) -> [UInt8] {
        let body = body.filled(number)
        let length = body.isEmpty ? "\r\n" : "Content-Length: \(body.count)\r\n\r\n"
        return head + Array(length.utf8) + body
    }

    /// The body of the answer, if known.
    func answer(_ number: Int) -> [UInt8]? { expected?.filled(number) }
}

/// A text in which `#` stands for a number.
private struct Template {
    private let pieces: [[UInt8]]

    init(_ text: String) {
        pieces = text.utf8.split(separator: UInt8(ascii: "#"), omittingEmptySubsequences: false).map { Array($0) }
    }

    func filled(_ number: Int) -> [UInt8] {
        pieces.count == 1 ? pieces[0] : Array(pieces.joined(separator: String(number).utf8))
    }
}
