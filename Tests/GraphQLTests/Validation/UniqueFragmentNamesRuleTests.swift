import Testing

@Suite("The rule UniqueFragmentNames")
struct UniqueFragmentNamesRuleTests {
    @Test(
        "accepts",
        arguments: [
            "{ ...A ...B } fragment A on Query { __typename } fragment B on Query { __typename }"
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "UniqueFragmentNames") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "{ ...A } fragment A on Query { __typename } fragment A on Query { dog { age } }",
                [
                    #"There can be only one fragment named "A". (1:19) (1:54)"#
                ]
            )
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "UniqueFragmentNames") == messages)
    }
}
