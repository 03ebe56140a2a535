import Testing

@testable import GraphQL

@Suite("The document printer")
struct DocumentPrinterTests {
    @Test("prints an operation in canonical form")
    func operation() throws {
        let text =
            "query Q($a:[Int!]=[1,2]@d,$b:F={x:\"y\",z:{}})@e(f:$a){g:h(i:-1.5e3,j:ENUM,k:null)@skip(if:true){...on T@l{m}...N@o ...{p}}}"
        #expect(
            DocumentPrinter.text(try Parser.parse(Array(text.utf8))) == """
                query Q($a: [Int!] = [1, 2] @d, $b: F = { x: "y", z: {} }) @e(f: $a) {
                  g: h(i: -1.5e3, j: ENUM, k: null) @skip(if: true) {
                    ... on T @l {
                      m
                    }
                    ...N @o
                    ... {
                      p
                    }
                  }
                }

                """)
    }

    static let documents = [
        "{ a }", "query { a }", "query @d { a }", "query($a: Int) { a }", "subscription S { a }", "mutation M @d { a(b: $c) }",
        "\"d\" query Q(\"\"\"v\n  w\"\"\" $a: Int, \"x\" $b: Int = 1 @d) { a } \"\"\"f\"\"\" fragment F on T @d { a ... @include(if: $a) { b } }",
        #"{ a(s: "\"\\\u0001\u{1F600}\b\n/é", b: """ x""", c: """\#n    one\#n      two\#n\#n    three""", d: """a\""" b""", e: "") }"#,
        #"{ a(b: """ends in quote" """, c: """back\ """, d: """\#n""", e: """ """) }"#,
        "{ a(b: 0, c: -0, d: 1e10, e: 1.0E-5, f: [[], [[1]]], g: {h: {i: [{j: K}]}}, l: true, m: null, n: $o) }",
        "\"s\" schema @d { query: Q mutation: M } extend schema @e { subscription: S }",
        "\"\"\"\nLong\n  text\n\"\"\" scalar S @specifiedBy(url: \"u\") extend scalar S @d",
        "type T implements A & B @d { \"f\" a(\"x\" x: Int = 1 @d, y: [Int!]!): Int @deprecated b(z: I): T! } extend type T implements C type Empty",
        "interface I implements J { a: Int } extend interface I @d { b(\"\"\"\nz\n\"\"\" z: Int): Int }",
        "union U = | A | B extend union U @d = C union V", "enum E @d { \"x\" A B @deprecated(reason: \"r\") } extend enum E { C }",
        "input I @oneOf { a: Int = 1 @d \"b\" b: [I!] } extend input I { c: Int }",
        "\"d\" directive @x(\"a\" a: Int, b: Int = 2) repeatable on FIELD | QUERY directive @y on | OBJECT",
    ]

    @Test("prints what parses to the same tree, which prints the same again", arguments: documents)
    func roundTrip(text: String) throws {
        let document = try Parser.parse(Array(text.utf8))
        let printed = DocumentPrinter.text(document)
        let again = try Parser.parse(Array(printed.utf8))
        #expect(DocumentPrinter.text(again) == printed)
        #expect(Self.shape(again) == Self.shape(document))
    }

    /// The tree as text, without positions.
    private static func shape(_ document: Document) -> String {
        String(reflecting: document).replacing(#/SourcePosition\(offset: \d+\)/#, with: "_")
    }
}
