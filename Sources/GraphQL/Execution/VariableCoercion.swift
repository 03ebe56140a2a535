/// Coerces the variables of a request to their types. Specification section 6.1.2, "CoerceVariableValues".
public enum VariableCoercion {
    /// How many errors are listed before coercion stops.
    public static let errorLimit = 50

    /// The errors found in the variables, up to `errorLimit`, then one that says so.
    public struct Failure: Error, Sendable {
        public let errors: [GraphQLError]
    }

    /// - Parameter suggests: Whether errors suggest what may have been meant.
    /// - Returns: The values of the variables that are given or have a default.
    public static func coerce(
        _ given: InputObject, for operation: OperationDefinition, schema: Schema, source: [UInt8], suggests: Bool = true
    ) throws(Failure) -> InputObject {
        if operation.variables.isEmpty { return InputObject() }
        let locator = SourceLocator(source)
        var values = InputObject()
        var errors: [GraphQLError] = []
        func report(_ message: String, _ definition: VariableDefinition) throws(Failure) {
            let isFull = errors.count == errorLimit
            errors.append(
                GraphQLError(
                    isFull ? "Too many errors processing variables, error limit reached. Execution aborted." : message,
                    code: .badUserInput, locations: isFull ? [] : [locator.location(of: definition.position)]))
            if isFull { throw Failure(errors: errors) }
        }
        for definition in operation.variables {
            let name = definition.variable.value
            guard let type = schema.reference(definition.type), type.namedType.isInput else {
                let written = DocumentPrinter.text(definition.type)
                try report(
                    "Variable \"$\(name)\" expected value of type \"\(written)\" which cannot be used as an input type.", definition)
                continue
            }
            guard let value = given[name] else {
                if let literal = definition.defaultValue {
                    if let value = try? LiteralCoercion.coerce(literal, to: type, variables: InputObject()) {
                        values.members.append(InputObject.Member(name: name, value: value))
                    }
                } else if type.isNonNull {
                    try report("Variable \"$\(name)\" of required type \"\(type)\" was not provided.", definition)
                }
                continue
            }
            if value == .null, type.isNonNull {
                try report("Variable \"$\(name)\" of non-null type \"\(type)\" must not be null.", definition)
                continue
            }
            var coercion = ValueCoercion(limit: errorLimit + 1 - errors.count, suggests: suggests)
            if let value = coercion.coerce(value, to: type) { values.members.append(InputObject.Member(name: name, value: value)) }
            for problem in coercion.problems { try report(problem.message(forVariable: name), definition) }
        }
        if !errors.isEmpty { throw Failure(errors: errors) }
        return values
    }
}
