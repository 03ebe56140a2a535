import Testing

@Suite("The rule ProvidedRequiredArguments")
struct ProvidedRequiredArgumentsRuleTests {
    @Test(
        "accepts",
        arguments: [
            "{ dog { barks } arguments { int nonNull(v: 1) two(a: 1, b: 2) } }"
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "ProvidedRequiredArguments") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "{ arguments { nonNull two(b: 1) } }",
                [
                    #"Field "nonNull" argument "v" of type "Int!" is required, but it was not provided. (1:15)"#,
                    #"Field "two" argument "a" of type "Int!" is required, but it was not provided. (1:23)"#,
                ]
            ),
            (
                "{ dog @include { age @skip @tag } }",
                [
                    #"Directive "@include" argument "if" of type "Boolean!" is required, but it was not provided. (1:7)"#,
                    #"Directive "@skip" argument "if" of type "Boolean!" is required, but it was not provided. (1:22)"#,
                    #"Directive "@tag" argument "name" of type "String!" is required, but it was not provided. (1:28)"#,
                ]
            ),
            (
                "mutation { feed { age } }",
                [
                    #"Field "feed" argument "id" of type "ID!" is required, but it was not provided. (1:12)"#
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "ProvidedRequiredArguments") == messages)
    }
}
