import TestSupport
import Testing

@testable import GraphQL

@Suite("Whatever a document's bytes are")
struct DocumentPropertyTests {
    private static let schema = """
        directive @mark(text: String = "a", level: Level) repeatable on FIELD | QUERY | FRAGMENT_DEFINITION | VARIABLE_DEFINITION
        enum Level { LOW HIGH }
        interface Named { name: String }
        type Thing implements Named { name(short: Boolean = false): String parent: Thing others(filter: Filter, ids: [ID!]): [Named!]! }
        type Other implements Named { name: String level: Level! }
        union Either = Thing | Other
        input Filter { text: String = "x" level: Level! = LOW and: [Filter!] size: Int }
        type Query { thing(id: ID!): Thing things(filter: Filter): [Either!]! number: Float }
        type Mutation { change(filter: Filter!): Thing }
        """

    private static let documents = [
        """
        "An operation" query Q("A variable" $id: ID!, $filter: Filter = { and: [{ size: 1 }] }, $skip: Boolean!) @mark {
          thing(id: $id) { ...F @skip(if: $skip) a: name(short: true) others(filter: $filter, ids: ["1", 2]) { ... on Thing { parent { name } } } }
        }
        fragment F on Thing @mark(text: \"""
            block
              text
        \""", level: HIGH) { name parent { ...G } } fragment G on Named { name __typename }
        """,
        "mutation { change(filter: { level: HIGH, size: -1, text: \"\\u{1F600}\\n\\uD83D\\uDE00é\" }) { name ... @include(if: true) { parent { name } } } }",
        "{ things { ... on Other { level } ...on Named { name } ... on Thing { others { name } } } number __schema { types { name } } } # é",
        "type A implements B & C @d(e: [1.5e-3, $f]) { \"g\" h(i: J! = { k: L }): [M!]! } extend union N = | O | P directive @q repeatable on FIELD",
    ]

    private static let pieces = [
        "{", "}", "(", ")", "[", "]", ":", "!", "$", "@", "=", "|", "&", "...", " on ", "query ", "mutation ", "fragment ", "thing",
        "name ",
        "others ", "Thing ", "F ", "filter", "Filter", "Int", "1", "-0", "0.5e1", "\"a\"", "\"\"\" a\n b\"\"\"", "\"\\u00e9\"", "\"",
        "#c\n",
        "\r\n", ",", "\u{FEFF}", "é", "true ", "null ", "@skip(if:", "@mark ", "__typename ", "...F ", "type ", "extend ", "input ",
        "enum ",
        "\\", "$id", "id:",
    ]

    /// Runs the whole path, and checks what must hold.
    private static func follow(_ source: [UInt8], _ validator: Validator) -> Bool {
        let document: Document
        do {
            document = try Parser.parse(source, limits: Parser.Limits(nesting: 200, tokens: 15_000))
        } catch {
            #expect(error.locations.count == 1, "\(error.message)")
            expectPlaces(of: [error], source)
            return false
        }
        let errors = validator.validate(document, source: source)
        expectPlaces(of: errors, source)
        let printed = Array(DocumentPrinter.text(document).utf8)
        guard let again = try? Parser.parse(printed) else {
            Issue.record("A printed document does not parse: \(String(decoding: printed, as: UTF8.self))")
            return false
        }
        #expect(Array(DocumentPrinter.text(again).utf8) == printed)
        #expect(validator.validate(again, source: printed).map(\.message) == errors.map(\.message))
        if errors.isEmpty { expectPlaces(of: DocumentLimits().errors(in: document, source: source), source) }
        return errors.isEmpty
    }

    /// Locations must be on a line of the text, found in the plainest way.
    private static func expectPlaces(of errors: [GraphQLError], _ source: [UInt8]) {
        let lines = PlainLines.lengths(source)
        for error in errors {
            for place in error.locations {
                #expect(
                    lines.indices.contains(place.line - 1) && (1...lines[place.line - 1] + 1).contains(place.column),
                    "\(error.message) at \(place)")
            }
        }
    }

    private static func validator() throws -> Validator {
        Validator(schema: try SchemaBuilder.build([SchemaSource(name: "schema", text: Array(schema.utf8))]))
    }

    @Test("random ones are refused with a location in them", arguments: [1, 2, 3])
    func randomBytes(seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        let validator = try Self.validator()
        for _ in 0..<1000 {
            let count = random.number(below: 60)
            _ = Self.follow((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }, validator)
        }
    }

    @Test("pieces of the language in any order are accepted or refused with a location in them", arguments: [1, 2, 3])
    func randomPieces(seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        let validator = try Self.validator()
        for _ in 0..<2000 { _ = Self.follow(Array(random.text(of: Self.pieces, upTo: 40).utf8), validator) }
    }

    @Test("a document with some bytes changed is accepted or refused with a location in it", arguments: Array(documents.indices))
    func mutations(place: Int) throws {
        var random = RandomSource(seed: UInt64(place))
        let validator = try Self.validator()
        let original = Array(Self.documents[place].utf8)
        let isExecutable = place < 3
        #expect(Self.follow(original, validator) == isExecutable)
        var good = 0
        for _ in 0..<1500 {
            var bytes = original
            for _ in 0...random.number(below: 3) {
                let start = random.number(below: bytes.count)
                let end = min(bytes.count, start + random.number(below: 12))
                switch random.number(below: 4) {
                case 0: bytes[start] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.removeSubrange(start..<max(start, end - 1))
                case 2: bytes.insert(contentsOf: bytes[start..<end], at: random.number(below: bytes.count))
                default: bytes.insert(contentsOf: Array(random.pick(Self.pieces).utf8), at: start)
                }
                if bytes.isEmpty { bytes = [0x7B] }
            }
            if Self.follow(bytes, validator) { good += 1 }
        }
        // Spaces and commas do not matter, so some must be valid.
        #expect(good > 0 || !isExecutable)
    }

    @Test("locations match a plain count of lines and UTF-16 units", arguments: [1, 2, 3])
    func places(seed: UInt64) {
        var random = RandomSource(seed: seed)
        let pieces = ["a", "é", "😀", "\n", "\r", "\r\n", "\t", String(repeating: "x", count: 300), String(repeating: "é", count: 200)]
        for _ in 0..<100 {
            let text = random.text(of: pieces, upTo: 30)
            let source = Array(text.utf8)
            let locator = SourceLocator(source)
            var line = 1
            var column = 1
            var offset = 0
            var last: Unicode.Scalar = " "
            for scalar in text.unicodeScalars {
                if scalar == "\n", last == "\r" {
                    // The line has ended already.
                    offset += 1
                    last = scalar
                    continue
                }
                let place = locator.location(of: offset)
                #expect(place == GraphQLError.Location(line: line, column: column))
                if scalar == "\n" || scalar == "\r" {
                    (line, column) = (line + 1, 1)
                } else {
                    column += UTF16.width(scalar)
                }
                offset += UTF8.width(scalar)
                last = scalar
            }
            if last != "\r" { #expect(locator.location(of: offset) == GraphQLError.Location(line: line, column: column)) }
            #expect(locator.location(of: offset + 5) == locator.location(of: offset))
        }
    }
}

enum PlainLines {
    /// The lengths in bytes of the lines of a text.
    static func lengths(_ source: [UInt8]) -> [Int] {
        var lengths = [0]
        var isAfterReturn = false
        for byte in source {
            switch byte {
            case 0x0A where isAfterReturn: break
            case 0x0A, 0x0D: lengths.append(0)
            default: lengths[lengths.count - 1] += 1
            }
            isAfterReturn = byte == 0x0D
        }
        return lengths
    }
}
