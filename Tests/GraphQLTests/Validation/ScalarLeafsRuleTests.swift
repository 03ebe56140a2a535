import Testing

@Suite("The rule ScalarLeafs")
struct ScalarLeafsRuleTests {
    @Test(
        "accepts",
        arguments: [
            "{ dog { age owner { name } } things { __typename } }"
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "ScalarLeafs") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "{ dog }",
                [
                    #"Field "dog" of type "Dog" must have a selection of subfields. Did you mean "dog { ... }"? (1:3)"#
                ]
            ),
            (
                "{ things pet }",
                [
                    #"Field "things" of type "[Thing!]" must have a selection of subfields. Did you mean "things { ... }"? (1:3)"#,
                    #"Field "pet" of type "Pet" must have a selection of subfields. Did you mean "pet { ... }"? (1:10)"#,
                ]
            ),
            (
                "{ dog { age { a } name(surname: true) { b } } }",
                [
                    #"Field "age" must not have a selection since type "Int" has no subfields. (1:13)"#,
                    #"Field "name" must not have a selection since type "String" has no subfields. (1:39)"#,
                ]
            ),
            (
                "{ dog { __typename { a } } }",
                [
                    #"Field "__typename" must not have a selection since type "String!" has no subfields. (1:20)"#
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "ScalarLeafs") == messages)
    }
}
