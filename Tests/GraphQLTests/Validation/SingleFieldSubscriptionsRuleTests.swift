import Testing

@Suite("The rule SingleFieldSubscriptions")
struct SingleFieldSubscriptionsRuleTests {
    @Test(
        "accepts",
        arguments: [
            "subscription { barked { age } }",
            "subscription S { ...F } fragment F on Subscription { barked { age } barked { name } }",
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "SingleFieldSubscriptions") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "subscription S { barked { age } meowed { age } }",
                [
                    #"Subscription "S" must select only one top level field. (1:33)"#
                ]
            ),
            (
                "subscription { ... on Subscription { barked { age } other: barked { age } } }",
                [
                    "Anonymous Subscription must select only one top level field. (1:53)"
                ]
            ),
            (
                "subscription { __typename }",
                [
                    "Anonymous Subscription must not select an introspection top level field. (1:16)"
                ]
            ),
            (
                "subscription S { barked @include(if: true) { age } }",
                [
                    #"Subscription "S" must not use `@skip` or `@include` directives in the top level selection. (1:25)"#
                ]
            ),
            (
                "subscription { ... on Subscription @skip(if: false) { barked { age @skip(if: true) } } }",
                [
                    "Anonymous Subscription must not use `@skip` or `@include` directives in the top level selection. (1:36)"
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "SingleFieldSubscriptions") == messages)
    }

    @Test("follows a chain of fragments of any length")
    func longChain() throws {
        let links = (0..<20_000).map { "fragment F\($0) on Subscription { ...F\($0 + 1) }" }.joined(separator: " ")
        let document = "subscription { ...F0 } \(links) fragment F20000 on Subscription { barked { age } }"
        #expect(try RuleCheck.messages(document, rule: "SingleFieldSubscriptions") == [])
    }
}
