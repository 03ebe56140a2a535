import Testing

@Suite("The rule VariablesAreInputTypes")
struct VariablesAreInputTypesRuleTests {
    @Test(
        "accepts",
        arguments: [
            "query($a: String, $b: [Color!]!, $c: PetFilter) { dog { age } }"
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "VariablesAreInputTypes") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "query($a: Dog, $b: [[Thing!]]!, $c: Pet) { dog { age } }",
                [
                    #"Variable "$a" cannot be non-input type "Dog". (1:11)"#,
                    #"Variable "$b" cannot be non-input type "[[Thing!]]!". (1:20)"#,
                    #"Variable "$c" cannot be non-input type "Pet". (1:37)"#,
                ]
            )
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "VariablesAreInputTypes") == messages)
    }
}
