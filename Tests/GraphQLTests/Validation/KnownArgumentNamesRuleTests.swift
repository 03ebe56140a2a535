import Testing

@Suite("The rule KnownArgumentNames")
struct KnownArgumentNamesRuleTests {
    @Test(
        "accepts",
        arguments: [
            #"{ dog { name(surname: true) barks } human(id: 1) { name } pet @tag(name: "a") { age } }"#,
            "{ dog { unknown(a: 1) } }",
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "KnownArgumentNames") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "{ dog { name(surnam: true) } }",
                [
                    #"Unknown argument "surnam" on field "Dog.name". Did you mean "surname"? (1:14)"#
                ]
            ),
            (
                "{ human(ID: 1, x: 2) { name } }",
                [
                    #"Unknown argument "ID" on field "Query.human". Did you mean "id"? (1:9)"#,
                    #"Unknown argument "x" on field "Query.human". (1:16)"#,
                ]
            ),
            (
                "{ dog @include(iff: true) { age } }",
                [
                    #"Unknown argument "iff" on directive "@include". Did you mean "if"? (1:16)"#
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "KnownArgumentNames") == messages)
    }
}
