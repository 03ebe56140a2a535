import CustomerOS
import GraphQL

/// The variables of a request, as JSON, for operations that ask for every kind of input.
enum VariablesTarget: FuzzTarget {
    private struct Case {
        let schema: Schema
        let operation: OperationDefinition
        let source: [UInt8]
        let lines: PlainLines

        init(_ schema: Schema, _ text: String) throws {
            self.schema = schema
            source = Array(text.utf8)
            lines = PlainLines(source)
            operation = try OperationDefinition.select(from: try Parser.parse(source), name: nil)
        }
    }

    private static let cases: [Case] = {
        let schema = """
            enum Level { LOW HIGH }
            input Filter { text: String = "x" level: Level! = LOW and: [Filter!] size: Int! matrix: [[Int!]!] = [[1]] choice: Choice = { first: "a" } }
            input Choice @oneOf { first: ID second: [Choice!] third: Float }
            type Query { nothing: Boolean }
            """
        do {
            return [
                try Case(
                    try API.executableSchema().schema,
                    """
                    query All($id: ID!, $ids: [ID!], $time: Time, $long: Int64 = 5, $any: Any, $anys: [Any!], $pagination: Pagination,
                      $sort: [SortBy!] = [{ by: "NAME" }], $contact: ContactInput, $organization: OrganizationSaveInput,
                      $opportunity: OpportunitySaveInput, $currency: Currency = USD, $times: [[Time!]!]) { contact(id: $id) { name } }
                    """),
                try Case(
                    try SchemaBuilder.build([SchemaSource(name: "schema", text: Array(schema.utf8))]),
                    """
                    query ($int: Int, $float: Float = 1, $text: String! = "x", $flag: Boolean, $level: [Level!], $filter: Filter,
                      $filters: [Filter] = [{ size: 2 }], $choice: Choice, $matrix: [[Int!]!], $wrong: Query) { nothing }
                    """),
            ]
        } catch {
            fatalError("The operations do not stand: \(error)")
        }
    }()

    static func run(_ input: [UInt8]) {
        guard case .object(let given)? = try? JSONReader.read(input) else { return }
        for each in cases {
            let values: InputObject
            do {
                values = try VariableCoercion.coerce(given, for: each.operation, schema: each.schema, source: each.source)
            } catch {
                expectPlaces(of: error.errors, each)
                continue
            }
            for member in given.members where each.operation.variables.contains(where: { $0.variable.value == member.name }) {
                expect(values[member.name] != nil, "the variable \(member.name) is lost")
            }
            do {
                let given = InputObject(values.members.map { .init(name: $0.name, value: asGiven($0.value)) })
                let again = try VariableCoercion.coerce(given, for: each.operation, schema: each.schema, source: each.source)
                expect(again == values, "values that were coerced are coerced to others: \(values) and \(again)")
            } catch {
                expect(false, "values that were coerced are refused: \(error.errors)")
            }
        }
    }

    /// In JSON form: an enum value is a string.
    private static func asGiven(_ value: InputValue) -> InputValue {
        switch value {
        case .enumeration(let name): .string(name)
        case .list(let values): .list(values.map(asGiven))
        case .object(let object): .object(InputObject(object.members.map { .init(name: $0.name, value: asGiven($0.value)) }))
        default: value
        }
    }

    private static func expectPlaces(of errors: [GraphQLError], _ each: Case) {
        expect((1...51).contains(errors.count), "variables give \(errors.count) errors")
        for error in errors {
            expect(error.code == .badUserInput, "an error has the code \(error.code)")
            for location in error.locations {
                expect(each.lines.contain(location), "an error is placed at \(location): \(error.message)")
            }
        }
    }
}
