import Testing

@Suite("The rule FieldsOnCorrectType")
struct FieldsOnCorrectTypeRuleTests {
    @Test(
        "accepts",
        arguments: [
            "{ pet { name age __typename ... on Cat { meows } } thing { __typename ... on Stone { weight } } __schema { types { name } } }"
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "FieldsOnCorrectType") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "{ dog { meows } }",
                [
                    #"Cannot query field "meows" on type "Dog". Did you mean "knows"? (1:9)"#
                ]
            ),
            (
                "{ dog { nam } }",
                [
                    #"Cannot query field "nam" on type "Dog". Did you mean "name"? (1:9)"#
                ]
            ),
            (
                "{ pet { barks } }",
                [
                    #"Cannot query field "barks" on type "Pet". Did you mean to use an inline fragment on "Dog"? (1:9)"#
                ]
            ),
            (
                "{ thing { name } }",
                [
                    #"Cannot query field "name" on type "Thing". Did you mean to use an inline fragment on "Being", "Pet", "Cat", or "Dog"? (1:11)"#
                ]
            ),
            (
                "{ being { age } }",
                [
                    #"Cannot query field "age" on type "Being". Did you mean to use an inline fragment on "Pet", "Cat", or "Dog"? (1:11)"#
                ]
            ),
            (
                "{ pet { ... on Dog { owner { barks } } } }",
                [
                    #"Cannot query field "barks" on type "Human". (1:30)"#
                ]
            ),
            (
                "{ human { __schema { types { name } } } }",
                [
                    #"Cannot query field "__schema" on type "Human". (1:11)"#
                ]
            ),
            (
                "{ dog { unknown { deeper { still } } } }",
                [
                    #"Cannot query field "unknown" on type "Dog". Did you mean "knows"? (1:9)"#
                ]
            ),
            (
                "mutation { food }",
                [
                    #"Cannot query field "food" on type "Mutation". Did you mean "feed"? (1:12)"#
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "FieldsOnCorrectType") == messages)
    }
}
