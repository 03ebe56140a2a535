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

    @Test("follows a chain of fragments of any length")
    func longChain() throws {
        let links = (0..<20_000).map { "fragment F\($0) on __Type { ofType { ...F\($0 + 1) } }" }.joined(separator: " ")
        let document = "{ __schema { types { ...F0 } } } \(links) fragment F20000 on __Type { name }"
        #expect(try RuleCheck.messages(document, rule: "MaxIntrospectionDepth") == [])
    }
}
