import Testing

@Suite("The rule ValuesOfCorrectType")
struct ValuesOfCorrectTypeRuleTests {
    @Test(
        "accepts",
        arguments: [
            #"{ arguments { int(v: -1) float(v: 1) a: float(v: 1.5e3) string(v: "") b: string(v: null) boolean(v: false) id(v: 1) c: id(v: "x") color(v: RED) list(v: [null, "a"]) d: list(v: "one") strict(v: []) filter(v: {name: "a", colors: [RED]}) key(v: {id: 1}) } }"#
        ])
    func accepts(document: String) throws {
        #expect(try RuleCheck.messages(document, rule: "ValuesOfCorrectType") == [])
    }

    @Test(
        "refuses, with message and places",
        arguments: [
            (
                #"{ arguments { int(v: "1") a: int(v: 1.0) b: int(v: 2147483648) c: int(v: RED) d: int(v: true) } }"#,
                [
                    #"Int cannot represent non-integer value: "1" (1:22)"#,
                    "Int cannot represent non-integer value: 1.0 (1:37)",
                    "Int cannot represent non 32-bit signed integer value: 2147483648 (1:52)",
                    "Int cannot represent non-integer value: RED (1:74)",
                    "Int cannot represent non-integer value: true (1:89)",
                ]
            ),
            (
                #"{ arguments { nonNull(v: null) float(v: "1") a: float(v: RED) string(v: 1) b: string(v: true) c: string(v: BLUE) } }"#,
                [
                    #"Expected value of type "Int!", found null. (1:26)"#,
                    #"Float cannot represent non numeric value: "1" (1:41)"#,
                    "Float cannot represent non numeric value: RED (1:58)",
                    "String cannot represent a non string value: 1 (1:73)",
                    "String cannot represent a non string value: true (1:89)",
                    "String cannot represent a non string value: BLUE (1:108)",
                ]
            ),
            (
                "{ arguments { float(v: 1e400) a: float(v: -1e400) b: float(v: 1e308) } }",
                [
                    "Float cannot represent a number this large: 1e400 (1:24)",
                    "Float cannot represent a number this large: -1e400 (1:43)",
                ]
            ),
            (
                #"{ arguments { boolean(v: 1) a: boolean(v: "true") id(v: 1.5) b: id(v: true) c: id(v: X) } }"#,
                [
                    "Boolean cannot represent a non boolean value: 1 (1:26)",
                    #"Boolean cannot represent a non boolean value: "true" (1:43)"#,
                    "ID cannot represent a non-string and non-integer value: 1.5 (1:57)",
                    "ID cannot represent a non-string and non-integer value: true (1:71)",
                    "ID cannot represent a non-string and non-integer value: X (1:86)",
                ]
            ),
            (
                #"{ arguments { color(v: "RED") a: color(v: 1) b: color(v: REDD) c: color(v: red) d: color(v: true) } }"#,
                [
                    #"Enum "Color" cannot represent non-enum value: "RED". Did you mean the enum value "RED"? (1:24)"#,
                    #"Enum "Color" cannot represent non-enum value: 1. (1:43)"#,
                    #"Value "REDD" does not exist in "Color" enum. Did you mean the enum value "RED"? (1:58)"#,
                    #"Value "red" does not exist in "Color" enum. Did you mean the enum value "RED"? (1:76)"#,
                    #"Enum "Color" cannot represent non-enum value: true. (1:93)"#,
                ]
            ),
            (
                #"{ arguments { list(v: [1, "a"]) a: list(v: 1) strict(v: [null]) b: strict(v: null) } }"#,
                [
                    "String cannot represent a non string value: 1 (1:24)",
                    "String cannot represent a non string value: 1 (1:44)",
                    #"Expected value of type "String!", found null. (1:58)"#,
                    #"Expected value of type "[String!]!", found null. (1:78)"#,
                ]
            ),
            (
                #"{ arguments { filter(v: {}) a: filter(v: {name: null}) b: filter(v: {name: 1, unknown: 2, minimumAg: 3}) c: filter(v: 1) d: filter(v: {name: "x", nested: {colors: [GREEN]}}) } }"#,
                [
                    #"Field "PetFilter.name" of required type "String!" was not provided. (1:25)"#,
                    #"Expected value of type "String!", found null. (1:49)"#,
                    "String cannot represent a non string value: 1 (1:76)",
                    #"Field "unknown" is not defined by type "PetFilter". (1:79)"#,
                    #"Field "minimumAg" is not defined by type "PetFilter". Did you mean "minimumAge"? (1:91)"#,
                    #"Expected value of type "PetFilter", found 1. (1:119)"#,
                    #"Field "PetFilter.name" of required type "String!" was not provided. (1:155)"#,
                    #"Value "GREEN" does not exist in "Color" enum. Did you mean the enum value "BROWN" or "RED"? (1:165)"#,
                ]
            ),
            (
                #"{ arguments { key(v: {}) a: key(v: {id: 1, slug: "x"}) b: key(v: {id: null}) c: key(v: {slug: 1}) } }"#,
                [
                    #"OneOf Input Object "Key" must specify exactly one key. (1:22)"#,
                    #"OneOf Input Object "Key" must specify exactly one key. (1:36)"#,
                    #"Field "Key.id" must be non-null. (1:66)"#,
                    "String cannot represent a non string value: 1 (1:95)",
                ]
            ),
            (
                #"query($a: Int = "x", $b: Color = RED, $c: PetFilter = {name: 1}, $d: Int! = null, $e: [Int!] = [null]) { dog { age } }"#,
                [
                    #"Int cannot represent non-integer value: "x" (1:17)"#,
                    "String cannot represent a non string value: 1 (1:62)",
                    #"Expected value of type "Int!", found null. (1:77)"#,
                    #"Expected value of type "Int!", found null. (1:97)"#,
                ]
            ),
            (
                #"{ dog @include(if: "yes") { age @skip(if: null) } }"#,
                [
                    #"Boolean cannot represent a non boolean value: "yes" (1:20)"#,
                    #"Expected value of type "Boolean!", found null. (1:43)"#,
                ]
            ),
        ])
    func refuses(document: String, messages: [String]) throws {
        #expect(try RuleCheck.messages(document, rule: "ValuesOfCorrectType") == messages)
    }
}
