import Testing

@Suite("The rule KnownTypeNames")
struct KnownTypeNamesRuleTests {
    @Test(
        "accepts",
        arguments: [
            "query($a: String, $b: [PetFilter!]!) { pet { ... on Cat { age } ...F } } fragment F on Dog { age }"
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "KnownTypeNames") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "query($a: Strng) { pet { ... on Kat { age } ...F } } fragment F on Dgo { age }",
                [
                    #"Unknown type "Strng". Did you mean "String", "Stone", "Being", or "Thing"? (1:11)"#,
                    #"Unknown type "Kat". Did you mean "Cat", "Int", "Key", or "Pet"? (1:33)"#,
                    #"Unknown type "Dgo". Did you mean "Dog"? (1:68)"#,
                ]
            ),
            (
                "{ pet { ... on Unheard { age } } }",
                [
                    #"Unknown type "Unheard". (1:16)"#
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "KnownTypeNames") == messages)
    }

    @Test("knows a built-in scalar only if the schema refers to it", arguments: ["Int", "Float", "ID"])
    func builtInScalars(name: String) throws {
        let document = "query($v: \(name)) { a }"
        #expect(
            try RuleCheck.messages(document, rule: "KnownTypeNames", schema: "type Query { a: String }", suggests: false)
                == ["Unknown type \"\(name)\". (1:11)"])
        for schema in [
            "type Query { a: \(name) }", "type Query { a(b: [\(name)!]): String }", "input I { b: \(name) } type Query { a(b: I): String }",
            "directive @d(b: \(name)) on FIELD type Query { a: String }", "scalar \(name) type Query { a: String }",
            "interface I { b: \(name) } type Query { a: I }",
        ] {
            #expect(try RuleCheck.messages(document, rule: "KnownTypeNames", schema: schema) == [], "\(schema)")
        }
        // Introspection refers to these.
        let always = "query($v: String, $w: Boolean) { a }"
        #expect(try RuleCheck.messages(always, rule: "KnownTypeNames", schema: "type Query { a: String }") == [])
    }
}
