import Testing

@Suite("The rule OverlappingFieldsCanBeMerged")
struct OverlappingFieldsCanBeMergedRuleTests {
    @Test(
        "accepts",
        arguments: [
            "{ dog { age age name(surname: true) name(surname: true) } }",
            "{ pet { ... on Dog { home } ... on Cat { other: home } } }",
            "{ pet { ... on Dog { x: name(surname: true) } ... on Cat { x: name(surname: false) } } }",
            #"{ human { pets(filter: {name: "a", minimumAge: 1}) { age } pets(filter: {minimumAge: 1, name: "a"}) { age } } }"#,
            "{ dog { x: age y: age } a: dog { x: home } }",
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "OverlappingFieldsCanBeMerged") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                "{ dog { x: age x: home } }",
                [
                    #"Fields "x" conflict because "age" and "home" are different fields. Use different aliases on the fields to fetch both if this was intentional. (1:9) (1:16)"#
                ]
            ),
            (
                "{ dog { name(surname: true) name(surname: false) name } }",
                [
                    #"Fields "name" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional. (1:9) (1:29)"#,
                    #"Fields "name" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional. (1:9) (1:50)"#,
                    #"Fields "name" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional. (1:29) (1:50)"#,
                ]
            ),
            (
                "{ pet { ... on Dog { home } ... on Cat { home } } }",
                [
                    #"Fields "home" conflict because they return conflicting types "String" and "Int". Use different aliases on the fields to fetch both if this was intentional. (1:22) (1:42)"#
                ]
            ),
            (
                "{ dog { owner { x: name } } ...F } fragment F on Query { dog { owner { x: friends { name } } } }",
                [
                    #"Fields "dog" conflict because subfields "owner" conflict because subfields "x" conflict because "name" and "friends" are different fields. Use different aliases on the fields to fetch both if this was intentional. (1:3) (1:9) (1:17) (1:58) (1:64) (1:72)"#
                ]
            ),
            (
                "{ human { pets(first: 1) { age } pets(first: 2) { age } } }",
                [
                    #"Fields "pets" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional. (1:11) (1:34)"#
                ]
            ),
            (
                "{ thing { ... on Dog { x: owner { name } } ... on Cat { x: meows } } }",
                [
                    #"Fields "x" conflict because they return conflicting types "Human" and "Boolean". Use different aliases on the fields to fetch both if this was intentional. (1:24) (1:57)"#
                ]
            ),
            (
                "{ thing { ... on Dog { x: age } ... on Stone { x: weight } } }",
                [
                    #"Fields "x" conflict because they return conflicting types "Int" and "Float!". Use different aliases on the fields to fetch both if this was intentional. (1:24) (1:48)"#
                ]
            ),
            (
                "{ ...A ...B } fragment A on Query { x: dog { age } } fragment B on Query { x: pet { age } }",
                [
                    #"Fields "x" conflict because "dog" and "pet" are different fields. Use different aliases on the fields to fetch both if this was intentional. (1:37) (1:76)"#
                ]
            ),
            (
                "{ pet { ... on Dog { a: name } ... on Cat { a: name } ... on Pet { a: age } } }",
                [
                    #"Fields "a" conflict because "name" and "age" are different fields. Use different aliases on the fields to fetch both if this was intentional. (1:22) (1:68)"#,
                    #"Fields "a" conflict because "name" and "age" are different fields. Use different aliases on the fields to fetch both if this was intentional. (1:45) (1:68)"#,
                ]
            ),
            (
                "fragment F on Dog { x: age x: home }",
                [
                    #"Fields "x" conflict because "age" and "home" are different fields. Use different aliases on the fields to fetch both if this was intentional. (1:21) (1:28)"#
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "OverlappingFieldsCanBeMerged") == messages)
    }
}
