import Testing

@Suite("The rule UniqueVariableNames")
struct UniqueVariableNamesRuleTests {
    @Test(
        "accepts",
        arguments: [
            "query($a: Int, $b: Int) { dog { age } } query B($a: Int) { dog { age } }"
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "UniqueVariableNames") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "query($a: Int, $a: Int!, $b: Int, $a: String) { dog { age } }",
                [
                    #"There can be only one variable named "$a". (1:8) (1:17) (1:36)"#
                ]
            )
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "UniqueVariableNames") == messages)
    }
}
