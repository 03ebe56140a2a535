import Testing

@Suite("The rule NoUnusedVariables")
struct NoUnusedVariablesRuleTests {
    @Test(
        "accepts",
        arguments: [
            "query($a: ID, $f: PetFilter) { human(id: $a) { pets(filter: $f) { age } } }",
            "query($a: Boolean!) { dog @skip(if: $a) { age } }",
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "NoUnusedVariables") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "query($a: ID, $b: ID) { human(id: $a) { name } }",
                [
                    #"Variable "$b" is never used. (1:15)"#
                ]
            ),
            (
                "query Q($a: ID) { ...F } query P($a: ID) { dog { age } } fragment F on Query { human(id: $a) { name } }",
                [
                    #"Variable "$a" is never used in operation "P". (1:34)"#
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "NoUnusedVariables") == messages)
    }
}
