import Foundation
import TestSupport
import Testing

@testable import GraphQL

@Suite("JSON")
struct JSONPropertyTests {
    private static func written(_ value: InputValue) -> [UInt8] {
        let buffer = ResponseBuffer(capacity: 64)
        buffer.append(value)
        return Array(buffer.bytes)
    }

    private static func value(_ random: inout RandomSource, _ depth: Int) -> InputValue {
        switch random.number(below: depth > 5 ? 5 : 7) {
        case 0: return random.pick([.null, .boolean(true), .boolean(false)])
        case 1: return .integer(random.pick([0, -1, .min, .max, Int64.random(in: .min ... .max, using: &random)]))
        case 2: return .float(Self.float(&random))
        case 3, 4: return .string(text(&random))
        case 5: return .list((0..<random.number(below: 5)).map { _ in value(&random, depth + 1) })
        default:
            var seen: Set<String> = []
            let names = (0..<random.number(below: 25)).map { _ in text(&random) }.filter { seen.insert($0).inserted }
            return .object(InputObject(names.map { InputObject.Member(name: $0, value: value(&random, depth + 1)) }))
        }
    }

    /// Any finite number.
    private static func float(_ random: inout RandomSource) -> Double {
        while true {
            let number = Double(bitPattern: random.next())
            if number.isFinite { return number }
        }
    }

    private static func text(_ random: inout RandomSource) -> String {
        random.text(
            of: [
                "a", "bcdefgh", "\"", "\\", "/", "\n", "\r", "\t", "\u{0}", "\u{8}", "\u{C}", "\u{1F}", "\u{7F}", "é", "€", "😀", "\u{2028}",
            ],
            upTo: 12)
    }

    @Test("that was written parses to the same value", arguments: [1, 2, 3, 4])
    func roundTrip(seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        for _ in 0..<500 {
            let value = Self.value(&random, 0)
            let bytes = Self.written(value)
            #expect(try JSONReader.read(bytes) == value, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test("that was written is what Foundation parses", arguments: [1, 2])
    func foundationReads(seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        for _ in 0..<300 {
            let text = Self.text(&random)
            let read = try JSONSerialization.jsonObject(with: Data(Self.written(.string(text))), options: .fragmentsAllowed)
            #expect(read as? String == text)
        }
    }

    @Test("that was changed is accepted or refused at an offset in it", arguments: [1, 2, 3])
    func mutations(seed: UInt64) {
        var random = RandomSource(seed: seed)
        let pieces = [
            "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u00e9", "\\ud83d", "1", "-", "0", ".", "e", "true", "nul", " ", "\u{1}", "é",
        ]
        for _ in 0..<400 {
            var bytes = Self.written(Self.value(&random, 2))
            for _ in 0...random.number(below: 2) {
                let place = random.number(below: bytes.count)
                switch random.number(below: 3) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1 where bytes.count > 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: Array(random.pick(pieces).utf8), at: place)
                }
            }
            let value: InputValue
            do {
                value = try JSONReader.read(bytes)
            } catch {
                #expect((0...bytes.count).contains(error.offset))
                continue
            }
            #expect((try? JSONReader.read(Self.written(value))) == Self.asWritten(value))
        }
    }

    /// JSON has no infinity: a number beyond all doubles is written as null.
    private static func asWritten(_ value: InputValue) -> InputValue {
        switch value {
        case .float(let number): number.isFinite ? value : .null
        case .list(let values): .list(values.map(asWritten))
        case .object(let object): .object(InputObject(object.members.map { .init(name: $0.name, value: asWritten($0.value)) }))
        default: value
        }
    }

    @Test("may have as many values as the limit", arguments: [(4, false), (5, true), (6, true)])
    func values(limit: Int, isRead: Bool) throws {
        // The object, the array, the string and two numbers.
        let text = Array(#"{"a":[1,"b",2]}"#.utf8)
        if isRead {
            #expect(try JSONReader.read(text, values: limit) == JSONReader.read(text))
        } else {
            let failure = #expect(throws: JSONReader.Failure.self) { try JSONReader.read(text, values: limit) }
            #expect(failure?.limit == .values)
        }
    }

    @Test("gives the requested members, and the ranges of their values")
    func members() throws {
        let text = Array(#" {"a": 1, "c":{"a":4},"b":"x\n", "d" : null } "#.utf8)
        let members = try #require(try JSONReader.readMembers(["b", "d", "e"], of: text))
        #expect(members.map(\.name) == ["b", "d"])
        #expect(members.map(\.value) == [.string("x\n"), .null])
        #expect(members.map(\.byteCount) == [5, 5])
        #expect(try JSONReader.readMembers(["a"], of: Array("[1]".utf8)) == nil)
        #expect(throws: JSONReader.Failure.self) { try JSONReader.readMembers(["a"], of: Array(#"{"a":1} 2"#.utf8)) }
    }

    @Test(
        "with a duplicate member is refused with its name, wherever that is and however many members there are",
        arguments: [2, 16, 17, 500])
    func repeatedMember(count: Int) {
        let members = (1..<count).map { "\"m\($0)\":\($0)" } + ["\"m1\":0"]
        let object = "{" + members.joined(separator: ",") + "}"
        for text in [object, "[1,\(object)]", "{\"x\":\(object)}"] {
            let failure = #expect(throws: JSONReader.Failure.self) { try JSONReader.read(Array(text.utf8)) }
            #expect(failure?.repeatedMember == "m1")
        }
        // Unrequested members count too.
        let failure = #expect(throws: JSONReader.Failure.self) { try JSONReader.readMembers(["other"], of: Array(object.utf8)) }
        #expect(failure?.repeatedMember == "m1")
    }

    @Test("may have members that merely look alike: names are compared by their bytes", arguments: [2, 16, 17, 500])
    func equivalentMembers(count: Int) throws {
        // U+00E9 and e with U+0301, U+212A and K, U+2126 and U+03A9: equivalent, but not the same.
        for (first, second) in [("\u{E9}", "e\u{301}"), ("K", "\u{212A}"), ("\u{2126}", "\u{3A9}")] {
            let others = (2..<count).map { "\"m\($0)\":\($0)" }
            let object = "{" + (["\"\(first)\":0", "\"\(second)\":1"] + others).joined(separator: ",") + "}"
            guard case .object(let read) = try JSONReader.read(Array(object.utf8)) else { throw NotAnObject() }
            #expect(read.members.map { Array($0.name.utf8) }.prefix(2) == [Array(first.utf8), Array(second.utf8)])
            let twice = object.dropLast() + ",\"\(second)\":2}"
            let failure = #expect(throws: JSONReader.Failure.self) { try JSONReader.read(Array(twice.utf8)) }
            #expect(failure?.repeatedMember.map { Array($0.utf8) } == Array(second.utf8))
        }
        let kelvin = Array("{\"\u{212A}\":0,\"K\":1}".utf8)
        guard case .object(let read) = try JSONReader.read(kelvin) else { throw NotAnObject() }
        #expect(read["K"] == .integer(1))
        #expect(try JSONReader.readMembers(["K"], of: kelvin)?.map(\.value) == [.integer(1)])
    }

    private struct NotAnObject: Error {}

    @Test("is the same in whatever chunks it was written, even after part of it was removed", arguments: [1, 2, 3])
    func chunks(seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        for _ in 0..<15 {
            let buffer = ResponseBuffer(capacity: 64)
            var expected: [UInt8] = []
            for _ in 0..<random.number(below: 60) {
                if random.number(below: 4) == 0 {
                    let kept = random.number(below: expected.count + 1)
                    buffer.truncate(to: kept)
                    expected.removeSubrange(kept...)
                }
                let text = String(repeating: Self.text(&random), count: random.pick([1, 1, 10, 300]))
                buffer.appendString(text)
                expected += Self.written(.string(text))
                #expect(buffer.count == expected.count)
            }
            #expect(buffer.bytes == expected)
            let head = ResponseBuffer(capacity: 64)
            head.append("[")
            head.appendString("a")
            if !expected.isEmpty {
                buffer.prepend(head, joint: UInt8(ascii: ","))
                expected = Array("[\"a\",".utf8) + expected.dropFirst()
            }
            #expect(buffer.count == expected.count)
            #expect(buffer.takeChunks().flatMap { Array($0.bytes) } == expected)
            #expect(buffer.count == 0 && buffer.bytes.isEmpty)
        }
    }
}
