import Testing

@Suite("The rule UniqueInputFieldNames")
struct UniqueInputFieldNamesRuleTests {
    @Test(
        "accepts",
        arguments: [
            #"{ arguments { filter(v: {name: "a", nested: {name: "b"}}) } }"#
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "UniqueInputFieldNames") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                #"{ arguments { filter(v: {name: "a", name: "b", name: "c"}) } }"#,
                [
                    #"There can be only one input field named "name". (1:26) (1:37)"#,
                    #"There can be only one input field named "name". (1:26) (1:48)"#,
                ]
            ),
            (
                #"{ arguments { filter(v: {name: "a", nested: {name: "a", name: "b"}}) } }"#,
                [
                    #"There can be only one input field named "name". (1:46) (1:57)"#
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "UniqueInputFieldNames") == messages)
    }
}
