import Testing

@testable import HTTP

@Suite("A chunked body")
struct RequestBodyTests {
    private func consume(_ text: String, at step: Int, limit: Int = 100) throws -> RequestBody {
        var body = RequestBody(.chunked, limit: limit)
        var pending: [UInt8] = []
        for byte in text.utf8 {
            pending.append(byte)
            if pending.count % step == 0 || step == 1 {
                pending.removeFirst(try pending.withUnsafeBufferPointer { try body.consume($0) })
            }
        }
        pending.removeFirst(try pending.withUnsafeBufferPointer { try body.consume($0) })
        return body
    }

    @Test("comes out the same however its bytes arrive", arguments: [1, 2, 3, 7, 1000])
    func whole(_ step: Int) throws {
        let body = try consume("4\r\nWiki\r\n6;name=value\r\npedia \r\nA\r\nin chunks.\r\n0\r\nTrailer: x\r\n\r\n", at: step)
        #expect(body.isComplete)
        #expect(String(decoding: body.bytes, as: UTF8.self) == "Wikipedia in chunks.")
    }

    @Test(
        "is refused if malformed",
        arguments: [
            "x\r\n", "\r\n", "-1\r\n", "4\nWiki", "4\r\nWikix", "4\r\nWiki\n", "4 \r\nWiki", "ffffffffffffffff\r\n", "0\r\nTrailer\n",
        ])
    func malformed(_ text: String) {
        #expect(throws: Refusal.self) { try consume(text + "\r\n0\r\n\r\n", at: 1000) }
    }

    @Test("keeps its limit to the byte")
    func limit() throws {
        #expect(try consume("5\r\nabcde\r\n5\r\nabcde\r\n0\r\n\r\n", at: 1, limit: 10).bytes.count == 10)
        #expect(throws: Refusal(status: 413, reason: "the body is too large")) {
            try consume("5\r\nabcde\r\n6\r\nabcdef\r\n0\r\n\r\n", at: 1, limit: 10)
        }
    }
}
