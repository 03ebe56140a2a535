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
}
