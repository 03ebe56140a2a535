import Testing

@Suite("The rule VariablesInAllowedPosition")
struct VariablesInAllowedPositionRuleTests {
    @Test(
        "accepts",
        arguments: [
            "query($a: Int, $b: Int!, $c: [String!]!, $d: Int = 1) { arguments { int(v: $a) x: int(v: $b) nonNull(v: $b) list(v: $c) y: nonNull(v: $d) } dog { barks(times: $a) } }"
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "VariablesInAllowedPosition") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "query Q($a: Int) { arguments { nonNull(v: $a) } }",
                [
                    #"Variable "$a" of type "Int" used in position expecting type "Int!". (1:9) (1:43)"#
                ]
            ),
            (
                "query Q($a: String, $b: [String]) { arguments { int(v: $a) string(v: $b) strict(v: $b) list(v: [$a]) s: strict(v: [$a]) } }",
                [
                    #"Variable "$a" of type "String" used in position expecting type "Int". (1:9) (1:56)"#,
                    #"Variable "$b" of type "[String]" used in position expecting type "String". (1:21) (1:70)"#,
                    #"Variable "$b" of type "[String]" used in position expecting type "[String!]!". (1:21) (1:84)"#,
                    #"Variable "$a" of type "String" used in position expecting type "String!". (1:9) (1:116)"#,
                ]
            ),
            (
                "query Q($a: Int = null) { arguments { nonNull(v: $a) } }",
                [
                    #"Variable "$a" of type "Int" used in position expecting type "Int!". (1:9) (1:50)"#
                ]
            ),
            (
                "query Q($a: String) { ...F } fragment F on Query { arguments { filter(v: {name: $a, minimumAge: $a}) } }",
                [
                    #"Variable "$a" of type "String" used in position expecting type "String!". (1:9) (1:81)"#,
                    #"Variable "$a" of type "String" used in position expecting type "Int". (1:9) (1:97)"#,
                ]
            ),
            (
                "query Q($k: ID, $n: ID!) { arguments { key(v: {id: $k}) a: key(v: {id: $n}) } }",
                [
                    #"Variable "$k" is of type "ID" but must be non-nullable to be used for OneOf Input Object "Key". (1:9) (1:52)"#
                ]
            ),
            (
                "query Q($a: String) { dog @include(if: $a) { age } }",
                [
                    #"Variable "$a" of type "String" used in position expecting type "Boolean!". (1:9) (1:40)"#
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "VariablesInAllowedPosition") == messages)
    }
}
