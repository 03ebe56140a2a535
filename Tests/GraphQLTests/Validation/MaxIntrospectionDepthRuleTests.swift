import Testing

@Suite("The rule MaxIntrospectionDepth")
struct MaxIntrospectionDepthRuleTests {
    @Test(
        "accepts",
        arguments: [
            "{ __schema { types { fields { type { fields { name } } } } } }"
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "MaxIntrospectionDepth") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
                [
                    "Maximum introspection depth exceeded (1:3)"
                ]
            ),
            (
                #"{ __type(name: "Dog") { interfaces { possibleTypes { ...F } } } } fragment F on __Type { inputFields { name } }"#,
                [
                    "Maximum introspection depth exceeded (1:3)"
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "MaxIntrospectionDepth") == messages)
    }
}
