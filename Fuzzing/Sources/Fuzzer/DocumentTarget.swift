import CustomerOS
import GraphQL

/// A document's path: parsed, validated, checked against limits, planned, with the schema that is served.
enum DocumentTarget: FuzzTarget {
    private static let executable: ExecutableSchema = {
        do {
            return try API.executableSchema()
        } catch {
            fatalError("The schema does not stand: \(error)")
        }
    }()
    private static let validator = Validator(schema: executable.schema)
    /// The server's limits.
    private static let limits = Parser.Limits(nesting: 200, tokens: 15_000)

    static func run(_ input: [UInt8]) {
        let lines = PlainLines(input)
        let document: Document
        do {
            document = try Parser.parse(input, limits: limits)
        } catch {
            expect(error.message.hasPrefix("Syntax Error: "), "a syntax error reads \(error.message)")
            expect(error.locations.count == 1, "a syntax error has \(error.locations.count) places")
            expectPlaces(of: [error], lines)
            return
        }
        expectStablePrint(of: document)
        let errors = validator.validate(document, source: input)
        expect(errors.count <= validator.errorLimit + 1, "validation gives \(errors.count) errors")
        expectPlaces(of: errors, lines)
        guard errors.isEmpty else { return }
        let excesses = DocumentLimits().errors(in: document, source: input)
        expectPlaces(of: excesses, lines)
        if excesses.isEmpty { plan(document, input, lines) }
    }

    /// The printed document parses to a tree that prints the same.
    private static func expectStablePrint(of document: Document) {
        let text = DocumentPrinter.text(document)
        do {
            let again = DocumentPrinter.text(try Parser.parse(Array(text.utf8)))
            expect(again == text, "a printed document prints differently:\n\(text)\n---\n\(again)")
        } catch {
            expect(false, "a printed document does not parse: \(error.message) at \(error.locations)\n\(text)")
        }
    }

    private static func plan(_ document: Document, _ source: [UInt8], _ lines: PlainLines) {
        for case .operation(let operation) in document.definitions {
            var given = InputObject()
            for definition in operation.variables {
                given.members.append(InputObject.Member(name: definition.variable.value, value: value(for: definition.type)))
            }
            for variables in [InputObject(), given] {
                do {
                    let values = try VariableCoercion.coerce(
                        variables, for: operation, schema: executable.schema, source: source)
                    let planner = Planner(executable, document: document, source: source, variables: values)
                    let prepared = try planner.plan(operation)
                    expect(!prepared.rootFields.isEmpty || hasConditions(operation), "a plan of a valid operation is empty")
                } catch let failure as VariableCoercion.Failure {
                    expect(!failure.errors.isEmpty, "variables are refused without reason")
                    expectPlaces(of: failure.errors, lines)
                } catch {
                    expect(false, "a valid operation is not planned: \(error)")
                }
            }
        }
    }

    /// A value that fits the built-in scalars of a type, and that others refuse.
    private static func value(for type: TypeNode) -> InputValue {
        switch type {
        case .nonNull(let type): value(for: type)
        case .list(let type, _): .list([value(for: type)])
        case .named(let name):
            switch name.value {
            case "Int", "Int64", "Float": .integer(1)
            case "Boolean": .boolean(true)
            case "Time": .string("2026-01-31T12:00:00Z")
            case "Pagination": .object(InputObject([.init(name: "page", value: .integer(1)), .init(name: "limit", value: .integer(2))]))
            default: .string("ASC")
            }
        }
    }

    /// `@skip` and `@include` may leave nothing selected.
    private static func hasConditions(_ operation: OperationDefinition) -> Bool {
        operation.selections.contains { selection in
            switch selection {
            case .field(let field): !field.directives.isEmpty
            case .fragmentSpread, .inlineFragment: true
            }
        }
    }

    private static func expectPlaces(of errors: [GraphQLError], _ lines: PlainLines) {
        for error in errors {
            expect(!error.message.isEmpty, "an error says nothing")
            for location in error.locations {
                expect(lines.contain(location), "an error is placed at \(location): \(error.message)")
            }
        }
    }
}
