/// Takes the arguments of a field to their types. Specification section 6.4.1, "CoerceArgumentValues".
enum ArgumentCoercion {
    static func coerce(
        _ definition: FieldDefinition, _ nodes: [Argument], variables: InputObject
    ) throws(FieldError) -> Arguments {
        var values = InputObject()
        for argument in definition.arguments {
            let node = nodes.first { $0.name.value == argument.name }
            do throws(CoercionFailure) {
                if let node,
                    let value = try InputCoercion.coerce(literal: node.value, to: argument.type.relaxed(argument), variables: variables)
                {
                    if value == .null, argument.type.isNonNull {
                        throw CoercionFailure("Argument \"\(argument.name)\" of non-null type \"\(argument.type)\" must not be null.")
                    }
                    values.members.append(InputObject.Member(name: argument.name, value: value))
                } else if let value = argument.defaultValue {
                    values.members.append(InputObject.Member(name: argument.name, value: value))
                } else if argument.type.isNonNull {
                    throw CoercionFailure("Argument \"\(argument.name)\" of required type \"\(argument.type)\" was not provided.")
                }
            } catch {
                throw FieldError(
                    error.message, code: .badUserInput, details: [GraphQLError.Detail(name: "field", value: .string(argument.name))])
            }
        }
        return Arguments(values)
    }
}

extension TypeReference {
    /// An argument with a default may be given a variable that has no value: then it is the default.
    fileprivate func relaxed(_ argument: InputValueDefinition) -> TypeReference { argument.defaultValue == nil ? self : nullable }
}
