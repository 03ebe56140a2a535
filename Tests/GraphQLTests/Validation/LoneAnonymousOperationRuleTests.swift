import Testing

@Suite("The rule LoneAnonymousOperation")
struct LoneAnonymousOperationRuleTests {
    @Test(
        "accepts",
        arguments: [
            "{ dog { age } }",
            "query A { dog { age } } query B { dog { age } }",
            "{ ...F } fragment F on Query { dog { age } }",
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "LoneAnonymousOperation") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "{ dog { age } } query B { dog { age } }",
                [
                    "This anonymous operation must be the only defined operation. (1:1)"
                ]
            ),
            (
                "{ dog { age } } { dog { age } }",
                [
                    "This anonymous operation must be the only defined operation. (1:1)",
                    "This anonymous operation must be the only defined operation. (1:17)",
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "LoneAnonymousOperation") == messages)
    }
}
