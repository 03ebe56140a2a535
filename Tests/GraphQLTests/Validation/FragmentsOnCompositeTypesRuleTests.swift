import Testing

@Suite("The rule FragmentsOnCompositeTypes")
struct FragmentsOnCompositeTypesRuleTests {
    @Test(
        "accepts",
        arguments: [
            "fragment A on Dog { age } fragment B on Pet { age } fragment C on Thing { __typename }",
            "{ pet { ... @onField { age } } }",
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "FragmentsOnCompositeTypes") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "fragment A on Int { a } fragment B on Color { a } fragment C on PetFilter { a }",
                [
                    #"Fragment "A" cannot condition on non composite type "Int". (1:15)"#,
                    #"Fragment "B" cannot condition on non composite type "Color". (1:39)"#,
                    #"Fragment "C" cannot condition on non composite type "PetFilter". (1:65)"#,
                ]
            ),
            (
                "{ pet { ... on String { a } } }",
                [
                    #"Fragment cannot condition on non composite type "String". (1:16)"#
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "FragmentsOnCompositeTypes") == messages)
    }
}
