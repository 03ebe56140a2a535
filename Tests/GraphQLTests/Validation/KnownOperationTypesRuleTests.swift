import Testing

@Suite("The rule KnownOperationTypes")
struct KnownOperationTypesRuleTests {
    @Test("refuses operations that the schema has no root type for")
    func refuses() throws {
        let messages = try RuleCheck.messages(
            "mutation { a } subscription { b }", rule: "KnownOperationTypes", schema: "type Query { a: Int }")
        #expect(
            messages == [
                "The mutation operation is not supported by the schema. (1:1)",
                "The subscription operation is not supported by the schema. (1:16)",
            ])
    }

    @Test(
        "accepts",
        arguments: [
            "mutation { feed(id: 1) { age } }"
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "KnownOperationTypes") == [])
    }
}
