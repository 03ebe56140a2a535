import Testing

@testable import GraphQL

@Suite("Coercion")
struct CoercionTests {
    private static let schema = """
        scalar Time
        scalar Int64
        scalar Any
        enum Color { RED GREEN }
        input Inner { a: Int! b: [Color!] = [GREEN] c: Inner }
        input Key @oneOf { id: ID slug: String }
        type Query {
          f(int: Int, float: Float, string: String, boolean: Boolean, id: ID, time: Time, long: Int64, any: Any, color: Color,
            list: [Int!], matrix: [[Int]], inner: Inner, key: Key, needed: Int! = 3, must: Int!): Int
        }
        """

    private static let built = Result {
        try SchemaBuilder.build(
            [SchemaSource(name: "test", text: Array(schema.utf8))], scalars: ["Time": .time, "Int64": .int64, "Any": .any])
    }

    /// Coerces one variable `$v` of `type`; returns its JSON, "absent", or the messages.
    private static func variable(_ type: String, _ json: String?) throws -> String {
        let source = Array("query($v: \(type)) { __typename }".utf8)
        let operation = try OperationDefinition.select(from: try Parser.parse(source), name: nil)
        var given = InputObject()
        if let json { given.members.append(InputObject.Member(name: "v", value: try JSONReader.read(Array(json.utf8)))) }
        let schema = try built.get()
        do {
            let values = try VariableCoercion.coerce(given, for: operation, schema: schema, source: source)
            return values["v"].map(json(of:)) ?? "absent"
        } catch {
            return error.errors.map(\.message).joined(separator: " | ")
        }
    }

    private static func json(of value: InputValue) -> String {
        let buffer = ResponseBuffer(capacity: 64)
        buffer.append(value)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    @Test(
        "coerces a variable to its type",
        arguments: [
            ("Int", "1", "1"), ("Int", "1.0", "1"), ("Int", "null", "null"), ("Int", nil, "absent"), ("Int = 7", nil, "7"),
            ("Int = 7", "null", "null"), ("Int! = 7", nil, "7"), ("Int", "-2147483648", "-2147483648"), ("Float", "1", "1.0"),
            ("Float", "1e3", "1000.0"), ("String", "\"é\"", "\"é\""), ("Boolean", "true", "true"), ("ID", "7", "\"7\""),
            ("ID", "-0", "\"0\""),
            ("ID", "9223372036854775808", "\"9223372036854775808\""), ("ID", "-9223372036854775809", "\"-9223372036854775809\""),
            ("[ID!]", "[1,123456789012345678901234567890]", "[\"1\",\"123456789012345678901234567890\"]"),
            ("Float", "123456789012345678901234567890", "1.2345678901234568e+29"),
            ("Any", "123456789012345678901234567890", "123456789012345678901234567890"),
            ("ID", "\"x\"", "\"x\""), ("Color", "\"RED\"", "\"RED\""), ("[Int!]", "5", "[5]"), ("[Int!]", "[1,2]", "[1,2]"),
            ("[Int!]", "[]", "[]"), ("[[Int]]", "[1,[2],null]", "[[1],[2],null]"), ("[[Int]]", "1", "[[1]]"),
            ("Inner", "{\"a\":1}", "{\"a\":1,\"b\":[\"GREEN\"]}"),
            ("Inner", "{\"a\":1,\"b\":\"RED\",\"c\":{\"a\":2,\"b\":null}}", "{\"a\":1,\"b\":[\"RED\"],\"c\":{\"a\":2,\"b\":null}}"),
            ("Key", "{\"id\":5}", "{\"id\":\"5\"}"), ("Int64", "9223372036854775807", "9223372036854775807"),
            ("Int64", "\"-9223372036854775808\"", "-9223372036854775808"),
            ("Any", "{\"a\":[1,\"x\",null,{\"b\":1.5}]}", "{\"a\":[1,\"x\",null,{\"b\":1.5}]}"),
            ("Time", "\"2024-02-29T23:59:60+05:30\"", "\"2024-02-29T23:59:60+05:30\""),
        ] as [(String, String?, String)])
    func accepts(type: String, json: String?, expected: String) throws {
        #expect(try Self.variable(type, json) == expected)
    }

    @Test(
        "says everything that is wrong with a variable, and where",
        arguments: [
            ("Int!", nil, "Variable \"$v\" of required type \"Int!\" was not provided."),
            ("Int!", "null", "Variable \"$v\" of non-null type \"Int!\" must not be null."),
            ("Query", "1", "Variable \"$v\" expected value of type \"Query\" which cannot be used as an input type."),
            ("Int", "1.5", "Variable \"$v\" got invalid value 1.5; Int cannot represent non-integer value: 1.5"),
            ("Int", "\"1\"", "Variable \"$v\" got invalid value \"1\"; Int cannot represent non-integer value: \"1\""),
            (
                "Int", "2147483648",
                "Variable \"$v\" got invalid value 2147483648; Int cannot represent non 32-bit signed integer value: 2147483648"
            ),
            ("Float", "\"1\"", "Variable \"$v\" got invalid value \"1\"; Float cannot represent non numeric value: \"1\""),
            ("String", "1", "Variable \"$v\" got invalid value 1; String cannot represent a non string value: 1"),
            ("Boolean", "0", "Variable \"$v\" got invalid value 0; Boolean cannot represent a non boolean value: 0"),
            ("ID", "1.0", "Variable \"$v\" got invalid value 1; ID cannot represent a non-string and non-integer value: 1"),
            ("ID", "1e30", "Variable \"$v\" got invalid value 1e+30; ID cannot represent a non-string and non-integer value: 1e+30"),
            (
                "Int", "9223372036854775808",
                "Variable \"$v\" got invalid value 9223372036854775808; Int cannot represent non 32-bit signed integer value: 9223372036854775808"
            ),
            ("ID", "1.5", "Variable \"$v\" got invalid value 1.5; ID cannot represent a non-string and non-integer value: 1.5"),
            ("Int64", "\"+5\"", "Variable \"$v\" got invalid value \"+5\"; Int64 cannot represent non 64-bit integer value: \"+5\""),
            (
                "Int64", "9223372036854775808",
                "Variable \"$v\" got invalid value 9223372036854775808; Int64 cannot represent non 64-bit integer value: 9223372036854775808"
            ),
            ("Int64", "1.5", "Variable \"$v\" got invalid value 1.5; Int64 cannot represent non 64-bit integer value: 1.5"),
            (
                "Color", "\"RAD\"",
                "Variable \"$v\" got invalid value \"RAD\"; Value \"RAD\" does not exist in \"Color\" enum. Did you mean the enum value \"RED\"?"
            ),
            ("Color", "1", "Variable \"$v\" got invalid value 1; Enum \"Color\" cannot represent non-string value: 1."),
            (
                "[Int!]", "[1,null,\"x\"]",
                "Variable \"$v\" got invalid value null at \"v[1]\"; Expected non-nullable type \"Int!\" not to be null. | Variable \"$v\" got invalid value \"x\" at \"v[2]\"; Int cannot represent non-integer value: \"x\""
            ),
            ("Inner", "5", "Variable \"$v\" got invalid value 5; Expected type \"Inner\" to be an object."),
            (
                "Inner", "{\"b\":[\"RED\",\"X\"],\"c\":{\"a\":null,\"aa\":1}}",
                "Variable \"$v\" got invalid value { b: [\"RED\", \"X\"], c: { a: null, aa: 1 } }; Field \"a\" of required type \"Int!\" was not provided. | Variable \"$v\" got invalid value \"X\" at \"v.b[1]\"; Value \"X\" does not exist in \"Color\" enum. | Variable \"$v\" got invalid value null at \"v.c.a\"; Expected non-nullable type \"Int!\" not to be null. | Variable \"$v\" got invalid value { a: null, aa: 1 } at \"v.c\"; Field \"aa\" is not defined by type \"Inner\". Did you mean \"a\"?"
            ),
            ("Key", "{}", "Variable \"$v\" got invalid value {}; Exactly one key must be specified for OneOf type \"Key\"."),
            (
                "Key", "{\"id\":1,\"slug\":\"x\"}",
                "Variable \"$v\" got invalid value { id: 1, slug: \"x\" }; Exactly one key must be specified for OneOf type \"Key\"."
            ),
            ("Key", "{\"id\":null}", "Variable \"$v\" got invalid value null at \"v.id\"; Field \"id\" must be non-null."),
        ] as [(String, String?, String)])
    func refuses(type: String, json: String?, expected: String) throws {
        #expect(try Self.variable(type, json) == expected)
    }

    @Test("lists fifty errors and then says that there are more", arguments: [(49, 49), (50, 50), (51, 51), (500, 51)])
    func limitsErrors(wrong: Int, errors: Int) throws {
        let json = "[" + [String](repeating: "\"x\"", count: wrong).joined(separator: ",") + "]"
        let messages = try Self.variable("[Int]", json).components(separatedBy: " | ")
        #expect(messages.count == errors)
        #expect((messages.last == "Too many errors processing variables, error limit reached. Execution aborted.") == (errors > 50))
    }

    @Test("truncates large values in messages")
    func cutsValues() throws {
        let long = try Self.variable("Int", "\"" + String(repeating: "x", count: 100_000) + "\"")
        #expect(long.utf8.count < 5000 && long.contains("…"))
        #expect(try Self.variable("Int", "[[[1]]]").contains("got invalid value [[[Array]]]"))
        #expect(try Self.variable("Int", "[0,1,2,3,4,5,6,7,8,9,10,11]").contains("9, ... 2 more items]"))
    }

    // MARK: Arguments

    /// Coerces the arguments of `Query.f`; returns the values as JSON, or the message.
    private static func arguments(_ text: String, variables: String = "{}") throws -> String {
        let source = Array("{ f(\(text)) }".utf8)
        let operation = try OperationDefinition.select(from: try Parser.parse(source), name: nil)
        guard case .field(let field) = operation.selections[0], let definition = try built.get().queryType.field("f"),
            case .object(let given) = try JSONReader.read(Array(variables.utf8))
        else { return "" }
        do {
            return json(of: .object(try ArgumentCoercion.coerce(definition.arguments, field.arguments, variables: given).values))
        } catch {
            return error.message
        }
    }

    @Test(
        "coerces the arguments of a field to their types: absent, null and default kept apart",
        arguments: [
            ("must: 1", "{}", "{\"needed\":3,\"must\":1}"),
            ("must: 1, int: null, needed: 4", "{}", "{\"int\":null,\"needed\":4,\"must\":1}"),
            ("must: 1, int: $x", "{}", "{\"needed\":3,\"must\":1}"),
            ("must: 1, int: $x", "{\"x\":null}", "{\"int\":null,\"needed\":3,\"must\":1}"),
            ("must: 1, needed: $x", "{}", "{\"needed\":3,\"must\":1}"),
            ("must: 1, list: 4", "{}", "{\"list\":[4],\"needed\":3,\"must\":1}"),
            ("must: 1, matrix: [1, [2]]", "{}", "{\"matrix\":[[1],[2]],\"needed\":3,\"must\":1}"),
            ("must: 1, id: 99999999999999999999", "{}", "{\"id\":\"99999999999999999999\",\"needed\":3,\"must\":1}"),
            (
                "must: 1, inner: {a: 1, c: {a: $x}}", "{\"x\":2}",
                "{\"inner\":{\"a\":1,\"b\":[\"GREEN\"],\"c\":{\"a\":2,\"b\":[\"GREEN\"]}},\"needed\":3,\"must\":1}"
            ),
            ("must: 1, inner: {a: 1, b: $x}", "{}", "{\"inner\":{\"a\":1,\"b\":[\"GREEN\"]},\"needed\":3,\"must\":1}"),
            ("must: 1, any: {a: [RED, $x, 1.5]}", "{\"x\":true}", "{\"any\":{\"a\":[\"RED\",true,1.5]},\"needed\":3,\"must\":1}"),
            ("must: 1, color: RED", "{}", "{\"color\":\"RED\",\"needed\":3,\"must\":1}"),
            ("int: 1", "{}", "Argument \"must\" of required type \"Int!\" was not provided."),
            (
                "must: $x", "{}",
                "Argument \"must\" of required type \"Int!\" was provided the variable \"$x\" which was not provided a runtime value."
            ),
            ("must: $x", "{\"x\":null}", "Argument \"must\" of non-null type \"Int!\" must not be null."),
            ("must: 1, needed: $x", "{\"x\":null}", "Argument \"needed\" of non-null type \"Int!\" must not be null."),
            ("must: 1, list: [1, $x]", "{}", "Argument \"list\" has invalid value [1, $x]."),
            ("must: 1, inner: {a: $x}", "{}", "Argument \"inner\" has invalid value { a: $x }."),
            ("must: 1, key: {id: $x}", "{}", "Argument \"key\" has invalid value { id: $x }."),
        ])
    func arguments(text: String, variables: String, expected: String) throws {
        #expect(try Self.arguments(text, variables: variables) == expected)
    }

    @Test("coerces defaults: those nested in other defaults too, and the digits of an ID that no number holds")
    func defaults() throws {
        let text = """
            input A { b: B = {} id: ID = 99999999999999999999 n: Int! = 3 }
            input B { list: [[Int]] = 1 c: Color = RED a: A = null }
            enum Color { RED }
            type Query { f(a: A = { n: 4 }, b: B = {}): Int }
            """
        let schema = try SchemaBuilder.build([SchemaSource(name: "test", text: Array(text.utf8))])
        let field = try #require(schema.queryType.field("f"))
        let values = field.arguments.map { $0.defaultValue.map(Self.json(of:)) }
        let inner = "{\"list\":[[1]],\"c\":\"RED\",\"a\":null}"
        #expect(values == ["{\"b\":\(inner),\"id\":\"99999999999999999999\",\"n\":4}", inner])
    }

    // MARK: Time

    @Test(
        "accepts date-times of RFC 3339",
        arguments: [
            "2024-01-01T00:00:00Z", "2024-01-01t00:00:00z", "2024-01-01 00:00:00Z", "2024-02-29T12:00:00.123456789+14:00",
            "2000-02-29T23:59:59.9-00:00", "2024-01-01", "0001-01-01T00:00:00Z", "9999-12-31T23:59:60-23:59",
        ])
    func time(text: String) throws {
        #expect(try Self.variable("Time", "\"\(text)\"") == "\"\(text)\"")
    }

    @Test(
        "refuses what is not a date-time of RFC 3339",
        arguments: [
            "", "2024", "2024-01", "2024-01-01T00:00:00", "2024-13-01T00:00:00Z", "2024-00-01T00:00:00Z", "2024-01-32T00:00:00Z",
            "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2024-04-31T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z",
            "2024-01-01T00:00:61Z", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00+01:60",
            "2024-01-01T00:00:00+1", "2024-01-01T00:00:00Z ", " 2024-01-01T00:00:00Z", "24-01-01T00:00:00Z", "2024-1-1T00:00:00Z",
            "2024-01-01T00:00:00ZZ", "now", "infinity", "2024-01-01T00:00:00 Z",
        ])
    func noTime(text: String) throws {
        #expect(try Self.variable("Time", "\"\(text)\"").contains("Time cannot represent"))
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] { split(separator: separator).map(String.init) }
}
