import Testing

@Suite("The rule UniqueOperationNames")
struct UniqueOperationNamesRuleTests {
    @Test(
        "accepts",
        arguments: [
            "query A { dog { age } } query B { dog { age } } mutation C { feed(id: 1) { age } }",
            "query A { dog { age } } fragment A on Dog { age }",
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "UniqueOperationNames") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "query A { dog { age } } mutation A { feed(id: 1) { age } }",
                [
                    #"There can be only one operation named "A". (1:7) (1:34)"#
                ]
            )
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "UniqueOperationNames") == messages)
    }
}
