import GraphQL
import Testing

@Suite struct ParserTests {
    @Test(
        "A text that is not a document is refused with a location",
        arguments: [
            ("", "Unexpected <EOF>.", 1, 1),
            ("{", "Expected Name, found <EOF>.", 1, 2),
            ("{ a(b: 01) }", "Invalid number, unexpected digit after 0: \"1\".", 1, 9),
            ("{\n  a(b: \"x\n\") }", "Unterminated string.", 2, 10),
            ("{ a(b: \"\\uD800\") }", "Invalid Unicode escape sequence: \"\\uD800\".", 1, 9),
            ("{ é }", "Unexpected character: U+00E9.", 1, 3),
            ("fragment on on A { a }", "Unexpected Name \"on\".", 1, 10),
            ("extend type A", "Unexpected <EOF>.", 1, 14),
        ])
    func refuses(text: String, message: String, line: Int, column: Int) {
        let error = #expect(throws: GraphQLError.self) { try Parser.parse(Array(text.utf8)) }
        #expect(error?.message == "Syntax Error: " + message)
        #expect(error?.locations == [GraphQLError.Location(line: line, column: column)])
    }

    @Test("Nesting has a limit", arguments: ["{a", "{...", "query($a:[", "{a(b:[", "{a(b:{c:["])
    func limitsNesting(unit: String) {
        let text = unit + String(repeating: unit.hasPrefix("{a(") || unit.hasPrefix("q") ? "[" : unit, count: 5000)
        let error = #expect(throws: GraphQLError.self) { try Parser.parse(Array(text.utf8)) }
        #expect(error?.message == "Syntax Error: Document is nested too deeply. Parsing aborted.")
    }

    @Test("Any bytes give a document or an error, the same every time")
    func survivesMutations() {
        var state: UInt64 = 42
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let seed = Array(
            "query Q($a: [Int!] = [1]) @skip(if: true) { b: c(d: \"\\u{1F600}\", e: \"\"\" x\n y\"\"\") { ...F } } type é { a: -1.5e3 }"
                .utf8)
        var refused = 0
        for _ in 0..<3000 {
            var bytes = seed
            for _ in 0..<(1 + random(4)) {
                let place = random(bytes.count)
                if random(2) == 0 {
                    bytes[place] = UInt8(random(256))
                } else {
                    bytes.removeSubrange(place...min(place + random(3), bytes.count - 1))
                }
            }
            let first = Result { () throws(GraphQLError) in try Parser.parse(bytes) }
            let second = Result { () throws(GraphQLError) in try Parser.parse(bytes) }
            if case .failure(let error) = first, case .failure(let other) = second {
                refused += 1
                #expect(error.message == other.message && error.locations == other.locations)
            }
        }
        #expect(refused > 1000)
    }
}
