import Testing

@Suite("The rule NoUnusedFragments")
struct NoUnusedFragmentsRuleTests {
    @Test(
        "accepts",
        arguments: [
            "{ ...A } fragment A on Query { ...B } fragment B on Query { __typename }"
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "NoUnusedFragments") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "{ dog { age } } fragment A on Query { ...B } fragment B on Query { __typename }",
                [
                    #"Fragment "A" is never used. (1:17)"#,
                    #"Fragment "B" is never used. (1:46)"#,
                ]
            ),
            (
                "{ ...A } fragment A on Query { __typename } fragment B on Query { ...B }",
                [
                    #"Fragment "B" is never used. (1:45)"#
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "NoUnusedFragments") == messages)
    }
}
