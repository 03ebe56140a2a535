import Testing

@Suite("The rule UniqueDirectivesPerLocation")
struct UniqueDirectivesPerLocationRuleTests {
    @Test(
        "accepts",
        arguments: [
            #"{ dog @tag(name: "a") @tag(name: "b") { age @onField name @onField } }"#,
            "{ dog @unknown @unknown { age } }",
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "UniqueDirectivesPerLocation") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "{ dog @onField @onField { age } }",
                [
                    #"The directive "@onField" can only be used once at this location. (1:7) (1:16)"#
                ]
            ),
            (
                "{ dog @onField @include(if: true) @onField @onField { age } }",
                [
                    #"The directive "@onField" can only be used once at this location. (1:7) (1:35)"#,
                    #"The directive "@onField" can only be used once at this location. (1:7) (1:44)"#,
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "UniqueDirectivesPerLocation") == messages)
    }
}
