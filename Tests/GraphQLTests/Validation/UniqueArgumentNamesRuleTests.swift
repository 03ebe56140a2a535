import Testing

@Suite("The rule UniqueArgumentNames")
struct UniqueArgumentNamesRuleTests {
    @Test(
        "accepts",
        arguments: [
            "{ human(id: 1) { name } a: human(id: 1) { name } }"
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "UniqueArgumentNames") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "{ human(id: 1, id: 2, id: 3) { name } }",
                [
                    #"There can be only one argument named "id". (1:9) (1:16) (1:23)"#
                ]
            ),
            (
                "{ dog @include(if: true, if: false) { age } }",
                [
                    #"There can be only one argument named "if". (1:16) (1:26)"#
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "UniqueArgumentNames") == messages)
    }
}
