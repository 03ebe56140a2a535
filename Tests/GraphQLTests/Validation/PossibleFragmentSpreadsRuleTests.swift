import Testing

@Suite("The rule PossibleFragmentSpreads")
struct PossibleFragmentSpreadsRuleTests {
    @Test(
        "accepts",
        arguments: [
            "{ pet { ... on Dog { age } ... on Being { name } ... on Thing { __typename } } dog { ... on Dog { age } ... on Pet { age } ...F } } fragment F on Thing { __typename }",
            "{ dog { ... { age } } }",
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "PossibleFragmentSpreads") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "{ dog { ... on Cat { age } } }",
                [
                    #"Fragment cannot be spread here as objects of type "Dog" can never be of type "Cat". (1:9)"#
                ]
            ),
            (
                "{ dog { ...C } } fragment C on Cat { age }",
                [
                    #"Fragment "C" cannot be spread here as objects of type "Dog" can never be of type "Cat". (1:9)"#
                ]
            ),
            (
                "{ thing { ... on Human { name } } }",
                [
                    #"Fragment cannot be spread here as objects of type "Thing" can never be of type "Human". (1:11)"#
                ]
            ),
            (
                "{ human { ... on Pet { age } } }",
                [
                    #"Fragment cannot be spread here as objects of type "Human" can never be of type "Pet". (1:11)"#
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "PossibleFragmentSpreads") == messages)
    }
}
