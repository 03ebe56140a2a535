import Testing

@Suite("The rule NoUndefinedVariables")
struct NoUndefinedVariablesRuleTests {
    @Test(
        "accepts",
        arguments: [
            "query($a: ID) { human(id: $a) { ...F } } fragment F on Human { name(surname: $a) }"
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "NoUndefinedVariables") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "{ human(id: $a) { name } }",
                [
                    #"Variable "$a" is not defined. (1:13) (1:1)"#
                ]
            ),
            (
                "query Q { ...F } query P($a: ID) { ...F } fragment F on Query { human(id: $a) { name } }",
                [
                    #"Variable "$a" is not defined by operation "Q". (1:75) (1:1)"#
                ]
            ),
            (
                "query Q($a: Int) { arguments { filter(v: {name: $b, colors: [$c]}) } }",
                [
                    #"Variable "$b" is not defined by operation "Q". (1:49) (1:1)"#,
                    #"Variable "$c" is not defined by operation "Q". (1:62) (1:1)"#,
                ]
            ),
            (
                "query Q { dog @include(if: $x) { age } }",
                [
                    #"Variable "$x" is not defined by operation "Q". (1:28) (1:1)"#
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "NoUndefinedVariables") == messages)
    }
}
