/// Parses the answers on one connection in order.
struct AnswerReader {
    struct Answer {
        let status: Int
        let body: ArraySlice<UInt8>
        let isLast: Bool
    }

    private var bytes: [UInt8] = []
    private var head: (status: Int, length: Int, start: Int, isLast: Bool)?

    var isEmpty: Bool { bytes.isEmpty }

    mutating func append(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }

    /// The next complete answer, or nil if it has not fully arrived.
    mutating func next() -> Answer? {
        if head == nil { readHead() }
        guard let head, bytes.count - head.start >= head.length else { return nil }
        let answer = Answer(status: head.status, body: bytes[head.start..<head.start + head.length], isLast: head.isLast)
        bytes.removeAll(keepingCapacity: bytes.capacity < 1 << 20)
        self.head = nil
        return answer
    }

    private mutating func readHead() {
        let end: [UInt8] = [13, 10, 13, 10]
        guard bytes.count > 16,
            let place = bytes.indices.dropLast(3).first(where: { bytes[$0] == 13 && bytes[$0..<$0 + 4].elementsEqual(end) })
        else { return }
        let lines = String(decoding: bytes[..<place], as: UTF8.self).lowercased().split(separator: "\r\n")
        let status = lines.first.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) } ?? 0
        let length = lines.first { $0.hasPrefix("content-length:") }.flatMap { Int($0.dropFirst(15).filter(\.isNumber)) } ?? 0
        head = (status, length, place + 4, lines.contains("connection: close"))
    }
}
