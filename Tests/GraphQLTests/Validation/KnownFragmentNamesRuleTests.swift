import Testing

@Suite("The rule KnownFragmentNames")
struct KnownFragmentNamesRuleTests {
    @Test(
        "accepts",
        arguments: [
            "{ ...A } fragment A on Query { __typename }"
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "KnownFragmentNames") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "{ ...A dog { ...B ... on Dog { ...C } } }",
                [
                    #"Unknown fragment "A". (1:6)"#,
                    #"Unknown fragment "B". (1:17)"#,
                    #"Unknown fragment "C". (1:35)"#,
                ]
            )
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "KnownFragmentNames") == messages)
    }
}
