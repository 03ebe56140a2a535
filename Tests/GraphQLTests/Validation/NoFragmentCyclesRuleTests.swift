import Testing

@Suite("The rule NoFragmentCycles")
struct NoFragmentCyclesRuleTests {
    @Test(
        "accepts",
        arguments: [
            "fragment A on Dog { ...B } fragment B on Dog { age }",
            "fragment A on Dog { ... on Dog { ...Unknown } }",
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "NoFragmentCycles") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "fragment A on Dog { ...A }",
                [
                    #"Cannot spread fragment "A" within itself. (1:21)"#
                ]
            ),
            (
                "fragment A on Human { friends { ...A } }",
                [
                    #"Cannot spread fragment "A" within itself. (1:33)"#
                ]
            ),
            (
                "fragment A on Dog { ...B } fragment B on Dog { ...A }",
                [
                    #"Cannot spread fragment "A" within itself via "B". (1:21) (1:48)"#
                ]
            ),
            (
                "fragment A on Dog { ...B } fragment B on Dog { ...C } fragment C on Dog { ...A ...B }",
                [
                    #"Cannot spread fragment "A" within itself via "B", "C". (1:21) (1:48) (1:75)"#,
                    #"Cannot spread fragment "B" within itself via "C". (1:48) (1:80)"#,
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "NoFragmentCycles") == messages)
    }
}
