import GraphQL
import Testing

@Suite("The validator")
struct ValidatorTests {
    private static func validate(_ document: String, _ validator: Validator) throws -> [String] {
        let source = Array(document.utf8)
        return validator.validate(try Parser.parse(source), source: source).map(RuleCheck.text)
    }

    private static func schema() throws -> Schema {
        try SchemaBuilder.build([SchemaSource(name: "test", text: Array(RuleCheck.schema.utf8))])
    }

    @Test("checks all rules in one walk and accepts a document with everything in it")
    func kitchenSink() throws {
        let document = """
            "Describes the operation"
            query Everything(
              "Describes the variable"
              $id: ID! @tag(name: "v")
              $filter: PetFilter = { name: "a", colors: [RED], nested: { name: "b" } }
              $deep: Boolean = false
            ) @tag(name: "one") @tag(name: "two") {
              human(id: $id) { ...Person pets(first: 3, filter: $filter) { ... on Dog { barks(times: 2) } ... @include(if: $deep) { age } } }
              thing { __typename ... on Stone { weight } ... on Being { name(surname: true) } }
              arguments { list(v: ["a", null, "b"]) filter(v: {name: "x", minimumAge: 3}) key(v: {slug: "s"}) }
              __schema { queryType { name } }
            }
            "Describes the fragment"
            fragment Person on Human @tag(name: "f") { name friends { name @onField } }
            """
        #expect(try Self.validate(document, Validator(schema: Self.schema())) == [])
    }

    @Test("lists a hundred errors and then says that there are more", arguments: [(99, 99), (100, 100), (101, 101), (500, 101)])
    func limitsErrors(fields: Int, errors: Int) throws {
        let document = "{" + String(repeating: " unheard", count: fields) + "}"
        let found = try Self.validate(document, Validator(schema: Self.schema()))
        #expect(found.count == errors)
        #expect((found.last == "Too many validation errors, error limit reached. Validation aborted.") == (errors > 100))
    }

    @Test("names nothing that the document does not when suggestions are off")
    func withoutSuggestions() throws {
        let validator = try Validator(schema: Self.schema(), suggests: false)
        let documents = [
            ("{ dig { age } }", "Cannot query field \"dig\" on type \"Query\". (1:3)"),
            ("{ pet { barks } }", "Cannot query field \"barks\" on type \"Pet\". (1:9)"),
            ("{ pet { ... on Kat { age } } }", "Unknown type \"Kat\". (1:16)"),
            ("{ dog { name(surnam: true) } }", "Unknown argument \"surnam\" on field \"Dog.name\". (1:14)"),
            ("{ arguments { color(v: REDD) } }", "Value \"REDD\" does not exist in \"Color\" enum. (1:24)"),
        ]
        for (document, message) in documents { #expect(try Self.validate(document, validator) == [message]) }
    }

    @Test("refuses introspection when it is switched off")
    func withoutIntrospection() throws {
        let validator = try Validator(schema: Self.schema(), allowsIntrospection: false)
        #expect(try Self.validate("{ __typename dog { __typename } }", validator) == [])
        #expect(
            try Self.validate("{ __schema { types { name } } ...F } fragment F on Query { __type(name: \"Dog\") { name } }", validator) == [
                "GraphQL introspection has been disabled, but the requested query contained the field \"__schema\". (1:3)",
                "GraphQL introspection has been disabled, but the requested query contained the field \"__type\". (1:60)",
            ])
    }

    @Test("answers documents designed to be slow: each within the work of a large document")
    func worstCases() throws {
        let schema = try Self.schema()
        let chain =
            "{ ...F0 } " + (0..<3000).map { "fragment F\($0) on Query { a\($0): dog { age } ...F\($0 + 1) }" }.joined(separator: " ")
            + " fragment F3000 on Query { dog { age } }"
        let doubling =
            "{ ...F0 } " + (0..<60).map { "fragment F\($0) on Query { ...F\($0 + 1) ... { ...F\($0 + 1) } }" }.joined(separator: " ")
            + " fragment F60 on Query { dog { age } }"
        let same = "{ " + String(repeating: "dog { age } ", count: 4000) + "}"
        let nested =
            "{ human { ...F0 } } "
            + (0..<60).map { "fragment F\($0) on Human { friends { ...F\($0 + 1) } friends { ...F\($0 + 1) name } }" }.joined(
                separator: " ")
            + " fragment F60 on Human { name }"
        for document in [chain, doubling, same, nested] { #expect(try Self.validate(document, Validator(schema: schema)) == []) }
        let different = "{ dog { " + (0..<3000).map { "x: name(surname: \($0.isMultiple(of: 2))) " }.joined() + "} }"
        let errors = try Self.validate(different, Validator(schema: schema))
        #expect(errors.first?.hasPrefix("Fields") == true && errors.count <= 101)
    }
}
