import Testing

@Suite("The rule KnownDirectives")
struct KnownDirectivesRuleTests {
    @Test(
        "accepts",
        arguments: [
            #"query @tag(name: "q") { dog @onField @include(if: true) { ...F @tag(name: "s") ... @tag(name: "i") { age } } } fragment F on Dog @tag(name: "f") { age }"#,
            #"query($a: Int @tag(name: "v")) { dog { age } }"#,
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "KnownDirectives") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "{ dog @unknown { age @other } }",
                [
                    #"Unknown directive "@unknown". (1:7)"#,
                    #"Unknown directive "@other". (1:22)"#,
                ]
            ),
            (
                "query($a: Int @onField) @onField { ...F @onField } fragment F on Query @onField { dog @deprecated { age } }",
                [
                    #"Directive "@onField" may not be used on VARIABLE_DEFINITION. (1:15)"#,
                    #"Directive "@onField" may not be used on QUERY. (1:25)"#,
                    #"Directive "@onField" may not be used on FRAGMENT_SPREAD. (1:41)"#,
                    #"Directive "@onField" may not be used on FRAGMENT_DEFINITION. (1:72)"#,
                    #"Directive "@deprecated" may not be used on FIELD. (1:87)"#,
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "KnownDirectives") == messages)
    }
}
