/// Takes the variables of a request to their types. Specification section 6.1.2, "CoerceVariableValues".
public enum VariableCoercion {
    /// What is wrong with the variables: all that was found, fifty at most.
    public struct Failure: Error, Sendable {
        public let errors: [GraphQLError]
    }

    /// - Returns: The values of the variables that are given or have a default.
    public static func coerce(
        _ given: InputObject, for operation: OperationDefinition, schema: Schema, source: [UInt8]
    ) throws(Failure) -> InputObject {
        let locator = SourceLocator(source)
        var values = InputObject()
        var errors: [GraphQLError] = []
        for definition in operation.variables where errors.count < 50 {
            let name = definition.variable.value
            let location = locator.location(of: definition.position)
            func report(_ message: String) {
                errors.append(GraphQLError(message, code: .badUserInput, locations: [location]))
            }
            guard let type = schema.reference(definition.type), type.namedType.isInput else {
                report(
                    "Variable \"$\(name)\" expected value of type \"\(DocumentPrinter.text(definition.type))\" which cannot be used as an input type."
                )
                continue
            }
            guard let value = given[name] else {
                if let literal = definition.defaultValue {
                    if let value = try? InputCoercion.coerce(literal: literal, to: type, variables: InputObject()) {
                        values.members.append(InputObject.Member(name: name, value: value))
                    }
                } else if type.isNonNull {
                    report("Variable \"$\(name)\" of required type \"\(type)\" was not provided.")
                }
                continue
            }
            if value == .null, type.isNonNull {
                report("Variable \"$\(name)\" of non-null type \"\(type)\" must not be null.")
                continue
            }
            do {
                values.members.append(InputObject.Member(name: name, value: try InputCoercion.coerce(value, to: type, at: name)))
            } catch {
                let reason =
                    error.message.hasPrefix("at ")
                    ? " \(error.message)" : error.message.hasPrefix("; ") ? error.message : "; \(error.message)"
                report("Variable \"$\(name)\" got invalid value \(value.literalText)\(reason)")
            }
        }
        if !errors.isEmpty { throw Failure(errors: errors) }
        return values
    }
}
