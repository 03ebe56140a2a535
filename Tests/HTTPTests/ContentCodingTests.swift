import TestSupport
import Testing

@testable import HTTP

@Suite("Content codings")
struct ContentCodingTests {
    private static let text = Array("{\"query\":\"{ version }\"}".utf8)

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0..<$0 + 2]), radix: 16) }
    }

    // Made by Python's zlib.
    private static let deflate = bytes("789cab562a2c4d2daa54b252aa56284b2d2acecccf53a855aa0500621b082f")
    private static let gzipHead = bytes("1f8b0800000000000203ab562a2c4d2daa54b2520200fd1d92990a000000")
    private static let gzipTail = bytes("1f8b0800000000000203ab56284b2d2acecccf53a855aa0500f01638230d000000")

    @Test("are decoded: gzip, with several members too, deflate, and none")
    func decodes() throws {
        for (coding, body) in [
            ("gzip", Self.gzipHead + Self.gzipTail), ("X-Gzip", Self.gzipHead + Self.gzipTail), ("deflate", Self.deflate),
            ("identity", Self.text),
        ] {
            #expect(try Decompression.decode(body, codings: [coding], limit: 100) == Self.text, "\(coding)")
        }
        #expect(try Decompression.decode(Self.text, codings: [], limit: 100) == Self.text)
        #expect(try Decompression.decode(Self.deflate, codings: ["deflate", "Identity"], limit: 100) == Self.text)
        #expect(throws: Decompression.Failure.unknownCoding) {
            try Decompression.decode(Self.deflate, codings: ["deflate", "br"], limit: 100)
        }
        #expect(throws: Decompression.Failure.unknownCoding) { try Decompression.decode(Self.text, codings: ["br"], limit: 100) }
        #expect(throws: Decompression.Failure.unknownCoding) {
            try Decompression.decode(Self.gzipHead, codings: ["gzip", "gzip"], limit: 100)
        }
    }

    @Test("that are truncated, changed, mistaken for each other or followed by more are malformed")
    func malformed() {
        let whole = Self.gzipHead + Self.gzipTail
        for (coding, body) in [("gzip", Self.deflate), ("deflate", whole), ("gzip", Self.text), ("gzip", []), ("gzip", whole + [0])] {
            #expect(throws: Decompression.Failure.malformed, "\(coding)") { try Decompression.decode(body, codings: [coding], limit: 100) }
        }
        for count in 0..<Self.deflate.count {
            #expect(throws: Decompression.Failure.malformed) {
                try Decompression.decode(Array(Self.deflate[..<count]), codings: ["deflate"], limit: 100)
            }
        }
    }

    @Test("give no byte more than the limit", arguments: [(22, true), (23, true), (24, true), (21, false)])
    func limits(_ limit: Int, _ fits: Bool) {
        let result = Result { try Decompression.decode(Self.deflate, codings: ["deflate"], limit: limit) }
        #expect((try? result.get()) == (fits && limit >= Self.text.count ? Self.text : nil), "\(Self.text.count) bytes, limit \(limit)")
    }

    @Test("of a bomb end at the limit")
    func bomb() throws {
        let zeros = [UInt8](repeating: 0, count: 64 << 20)
        let body = try #require(Compression.compress(zeros, level: 9))
        #expect(body.count < 1 << 17)
        #expect(throws: Decompression.Failure.tooLarge) { try Decompression.decode(body, codings: ["gzip"], limit: 1 << 20) }
    }

    @Test("survive any bytes, and return what they were given, in any pieces")
    func properties() throws {
        var generator = RandomSource(seed: 25)
        for round in 0..<200 {
            let bytes = (0..<Int.random(in: 0...5000, using: &generator)).map { _ in UInt8.random(in: 0...UInt8(round), using: &generator) }
            let compression = Compression(level: round % 9 + 1)
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + Int.random(in: 1...3000, using: &generator))
                #expect(bytes[start..<end].withUnsafeBytes { compression.add($0, isLast: false) })
                start = end
            }
            #expect(compression.add(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true))
            #expect(try Decompression.decode(compression.output.joined, codings: ["gzip"], limit: 5000) == bytes)
            var broken = compression.output.joined
            for _ in 0..<3 { broken[Int.random(in: broken.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator) }
            _ = try? Decompression.decode(broken, codings: ["gzip"], limit: 5000)
        }
    }

    @Test(
        "are negotiated with the client",
        arguments: [
            ("gzip", true), ("GZIP", true), ("gzip, deflate, br", true), ("br;q=1, gzip;q=0.8", true), ("*", true), ("x-gzip", true),
            ("gzip;q=0", false), ("gzip;q=0.000", false), ("*;q=0", false), ("gzip;q=0, *", false), ("br", false), ("", false),
            ("identity", false), ("identity;q=1, gzip;q=0.5", false), ("gzip;q=1.0, identity; q=0.5", true), ("gzip ; q=0.5", true),
            ("gzip;q=nan", false), ("gzip;q=-1", false), ("gzip;q=inf", true), ("gzip;q=x", false), (";q=1", false), (",,gzip,", true),
        ])
    func accepts(_ header: String, _ isGzip: Bool) {
        let request = HTTPRequest(method: "GET", path: "/", fields: [HTTPField("Accept-Encoding", header)])
        #expect(AcceptEncoding(request).prefersGzip == isGzip)
        #expect(!AcceptEncoding(HTTPRequest(method: "GET", path: "/")).prefersGzip)
    }
}
