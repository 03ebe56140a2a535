import Testing

@testable import GraphQL

@Suite("The language")
struct LanguageTests {
    private static func string(_ literal: String) throws -> String {
        let document = try Parser.parse(Array("{ a(b: \(literal)) }".utf8))
        guard case .operation(let operation) = document.definitions[0], case .field(let field) = operation.selections[0],
            case .string(let string) = field.arguments[0].value
        else { return "no string" }
        return string.value
    }

    @Test(
        "reads the escapes of strings",
        arguments: [
            (#""""#, ""), (#""simple""#, "simple"), (#"" white ""#, " white "), (#""quote \"""#, "quote \""),
            (#""\b\f\n\r\t\/\\""#, "\u{8}\u{C}\n\r\t/\\"), (#""\u0041\u00e9\uFFFD""#, "Aé\u{FFFD}"),
            (#""\u{41}\u{1F600}\u{0}""#, "A😀\u{0}"),
            (#""\u{10FFFF}""#, "\u{10FFFF}"), (#""\uD83D\uDE00""#, "😀"), (#""é😀""#, "é😀"), ("\"\u{FEFF}\"", "\u{FEFF}"),
        ])
    func escapes(literal: String, value: String) throws {
        #expect(try Self.string(literal) == value)
    }

    @Test(
        "refuses what is not a string",
        arguments: [
            (#""\x""#, #"Invalid character escape sequence: "\x". (1:9)"#),
            (#""\u12""#, #"Invalid Unicode escape sequence: "\u12")". (1:9)"#),
            (#""\u{}""#, #"Invalid Unicode escape sequence: "\u{}". (1:9)"#),
            (#""\u{110000}""#, #"Invalid Unicode escape sequence: "\u{110000}". (1:9)"#),
            (#""\uDE00""#, #"Invalid Unicode escape sequence: "\uDE00". (1:9)"#),
            (#""\uD83D\u0041""#, #"Invalid Unicode escape sequence: "\uD83D". (1:9)"#),
            (#""\u{D83D}""#, #"Invalid Unicode escape sequence: "\u{D83D}". (1:9)"#), ("\"a\nb\"", "Unterminated string. (1:10)"),
            ("\"a", "Unterminated string. (1:13)"), ("\"\"\"a", "Unterminated string. (1:15)"),
        ])
    func badStrings(literal: String, message: String) {
        let error = #expect(throws: GraphQLError.self) { try Self.string(literal) }
        #expect(error.map(RuleCheck.text) == "Syntax Error: " + message)
    }

    @Test(
        "removes the indentation of block strings",
        arguments: [
            (["\"\"\"\"\"\""], ""), (["\"\"\"abc\"\"\""], "abc"), (["\"\"\"  abc  \"\"\""], "  abc  "),
            (["\"\"\"", "    a", "      b", "", "    c", "  \"\"\""], "a\n  b\n\nc"), (["\"\"\"a", "    b", "   c\"\"\""], "a\n b\nc"),
            (["\"\"\"", "", "  a", "", "\"\"\""], "a"), (["\"\"\"", "\ta", "\t\tb\"\"\""], "a\n\tb"),
            (["\"\"\"a\\\"\"\"b\"\"\""], "a\"\"\"b"), (["\"\"\"\\n \\u0041\"\"\""], "\\n \\u0041"),
            (["\"\"\"a", "", "   ", "  b\"\"\""], "a\n\n \nb"),
        ])
    func blockStrings(lines: [String], value: String) throws {
        for lineEnd in ["\n", "\r", "\r\n"] { #expect(try Self.string(lines.joined(separator: lineEnd)) == value) }
    }

    @Test("reads a block string of a megabyte in linear time")
    func largeBlockString() throws {
        let value = try Self.string("\"\"\"\n" + String(repeating: "        x\n", count: 100_000) + "\"\"\"")
        #expect(value.utf8.count == 199_999)
    }

    @Test(
        "reads numbers",
        arguments: ["0", "-0", "4", "-9", "123456789012345678901234567890", "0.0", "-1.5", "1e5", "1E-5", "0e+0", "1.5e10"])
    func numbers(text: String) throws {
        #expect(DocumentPrinter.text(try Parser.parse(Array("{ a(b: \(text)) }".utf8))) == "{\n  a(b: \(text))\n}\n")
    }

    @Test(
        "refuses what is not a number",
        arguments: [
            ("00", #"Invalid number, unexpected digit after 0: "0". (1:9)"#), ("+1", #"Unexpected character: "+". (1:8)"#),
            ("1.", #"Invalid number, expected digit but got: ")". (1:10)"#), (".1", #"Unexpected character: ".". (1:8)"#),
            ("1.e1", #"Invalid number, expected digit but got: "e". (1:10)"#),
            ("-", #"Invalid number, expected digit but got: ")". (1:9)"#),
            ("1e", #"Invalid number, expected digit but got: ")". (1:10)"#),
            ("0xF1", #"Invalid number, expected digit but got: "x". (1:9)"#),
            ("1a", #"Invalid number, expected digit but got: "a". (1:9)"#),
            ("1.5.5", #"Invalid number, expected digit but got: ".". (1:11)"#),
            ("1_000", #"Invalid number, expected digit but got: "_". (1:9)"#),
        ])
    func badNumbers(text: String, message: String) {
        let error = #expect(throws: GraphQLError.self) { try Parser.parse(Array("{ a(b: \(text)) }".utf8)) }
        #expect(error.map(RuleCheck.text) == "Syntax Error: " + message)
    }

    @Test(
        "refuses a document, with message and location",
        arguments: [
            ("", "Unexpected <EOF>. (1:1)"), ("   # nothing", "Unexpected <EOF>. (1:13)"), ("{ }", "Expected Name, found \"}\". (1:3)"),
            ("{ a", "Expected Name, found <EOF>. (1:4)"), ("{ a() }", "Expected Name, found \")\". (1:5)"),
            ("{ ...on }", "Expected Name, found \"}\". (1:9)"), ("query on { a", "Expected Name, found <EOF>. (1:13)"),
            ("fragment on on T { a }", "Unexpected Name \"on\". (1:10)"), ("query () { a }", "Expected \"$\", found \")\". (1:8)"),
            ("query ($a: Int = $b) { a }", "Unexpected variable \"$b\" in constant value. (1:18)"),
            ("query ($a: Int @d(b: $c)) { a }", "Unexpected variable \"$c\" in constant value. (1:22)"),
            ("\"d\" { a }", "Unexpected description, descriptions are not supported on shorthand queries. (1:1)"),
            ("\"d\" extend type T { a: Int }", "Unexpected description, only GraphQL definitions support descriptions. (1:1)"),
            ("\"d\" fragment F on T", "Expected \"{\", found <EOF>. (1:20)"),
            ("notAnOperation { a }", "Unexpected Name \"notAnOperation\". (1:1)"),
            ("{ a(b: {c: }) }", "Unexpected \"}\". (1:12)"), ("{ a(b: [1) }", "Unexpected \")\". (1:10)"),
            ("{ a: }", "Expected Name, found \"}\". (1:6)"),
            ("{ a ?}", "Unexpected character: \"?\". (1:5)"), ("{ a \u{0} }", "Unexpected character: U+0000. (1:5)"),
            ("enum E { null }", "Name \"null\" is reserved and cannot be used for an enum value. (1:10)"),
            ("type T implements & { a: Int }", "Expected Name, found \"{\". (1:21)"), ("extend schema", "Unexpected <EOF>. (1:14)"),
            ("directive @d", "Expected \"on\", found <EOF>. (1:13)"), ("{\r\n  a\r\n  ?", "Unexpected character: \"?\". (3:3)"),
            ("{ 😀 }", "Unexpected character: U+1F600. (1:3)"), ("{ a(b: \"😀\") ? }", "Unexpected character: \"?\". (1:14)"),
        ])
    func badDocuments(text: String, message: String) {
        let error = #expect(throws: GraphQLError.self) { try Parser.parse(Array(text.utf8)) }
        #expect(error.map(RuleCheck.text) == "Syntax Error: " + message)
    }

    @Test(
        "refuses bytes that are not UTF-8",
        arguments: [[0x80], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF]] as [[UInt8]])
    func malformedText(bytes: [UInt8]) {
        for (before, after) in [("{ a(b: \"", "\") }"), ("{ a # ", "\n }"), ("{ ", " }"), ("{ a(b: \"\"\"", "\"\"\") }")] {
            #expect(throws: GraphQLError.self) { try Parser.parse(Array(before.utf8) + bytes + Array(after.utf8)) }
        }
    }

    @Test("skips insignificant characters: commas, comments, line ends, a byte order mark")
    func insignificant() throws {
        let text = "\u{FEFF}{,a,,# comment \u{1F600} \"\"\"\r\n\tb\r,c #\n}"
        #expect(DocumentPrinter.text(try Parser.parse(Array(text.utf8))) == "{\n  a\n  b\n  c\n}\n")
    }

    @Test("lets selections, lists, objects and types nest up to one common limit", arguments: [199, 200, 201, 5000])
    func nesting(depth: Int) {
        func isRefused(_ text: String) -> Bool { (try? Parser.parse(Array(text.utf8))) == nil }
        let repeated = { (text: String, count: Int) in String(repeating: text, count: count) }
        let documents = [
            repeated("{ a ", depth) + repeated("}", depth), "{ a(b: " + repeated("[", depth - 1) + repeated("]", depth - 1) + ") }",
            "{ a(b: " + repeated("{ c: ", depth - 1) + "1" + repeated("}", depth - 1) + ") }",
            "query ($a: " + repeated("[", depth) + "Int" + repeated("]", depth) + ") { a }",
            "{ " + repeated("... { ", depth - 1) + "a" + repeated("}", depth - 1) + " }",
        ]
        for document in documents { #expect(isRefused(document) == (depth > 200), "\(document.prefix(20))") }
    }

    @Test("lets a document have as many tokens as the limit", arguments: [9, 10, 11])
    func tokens(count: Int) {
        let text = "{" + String(repeating: " a", count: count - 2) + " }"
        let error = (try? Parser.parse(Array(text.utf8), limits: Parser.Limits(tokens: 10))).map { _ in "" }
        #expect((error == nil) == (count > 10))
    }
}
