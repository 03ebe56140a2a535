import Testing

@Suite("The rule ExecutableDefinitions")
struct ExecutableDefinitionsRuleTests {
    @Test(
        "accepts",
        arguments: [
            "{ dog { age } } fragment F on Dog { age }"
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "ExecutableDefinitions") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "type A { a: Int } { dog { age } }",
                [
                    #"The "A" definition is not executable. (1:1)"#
                ]
            ),
            (
                "{ dog { age } } extend schema @onField directive @x on FIELD",
                [
                    "The schema definition is not executable. (1:17)",
                    #"The "x" definition is not executable. (1:40)"#,
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "ExecutableDefinitions") == messages)
    }
}
