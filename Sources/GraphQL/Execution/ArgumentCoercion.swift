/// Coerces the arguments of a field or directive to their types. Specification section 6.4.1, "CoerceArgumentValues".
enum ArgumentCoercion {
    /// - Throws: `FieldError` at the argument's place in the document. After validation only a variable, or a value
    ///   that its rule refuses, can cause one.
    static func coerce(
        _ definitions: [InputValueDefinition], _ nodes: [Argument], variables: InputObject
    ) throws(FieldError) -> Arguments {
        var values = InputObject()
        for argument in definitions {
            let node = nodes.first { $0.name.value == argument.name }
            guard var value = try value(of: argument, node, variables) else { continue }
            value = try ValueJudgement.judge(value, of: argument, at: node?.value.position)
            values.members.append(InputObject.Member(name: argument.name, value: value))
        }
        return Arguments(values)
    }

    /// The value given, or the default; nil if the argument is absent.
    private static func value(
        of argument: InputValueDefinition, _ node: Argument?, _ variables: InputObject
    ) throws(FieldError) -> InputValue? {
        guard let node else {
            if argument.defaultValue == nil, argument.type.isNonNull {
                throw failure("Argument \"\(argument.name)\" of required type \"\(argument.type)\" was not provided.", argument, nil)
            }
            return argument.defaultValue
        }
        let value: InputValue?
        if case .variable(let name) = node.value {
            value = variables[name.value]
            if value == nil, argument.defaultValue == nil, argument.type.isNonNull {
                throw failure(
                    "Argument \"\(argument.name)\" of required type \"\(argument.type)\" was provided the variable \"$\(name.value)\" which was not provided a runtime value.",
                    argument, node)
            }
        } else {
            do {
                value = try LiteralCoercion.coerce(node.value, to: argument.type.nullable, variables: variables)
            } catch {
                throw failure(
                    "Argument \"\(argument.name)\" has invalid value \(DocumentPrinter.text(node.value).shortened).", argument, node)
            }
        }
        if value == .null, argument.type.isNonNull {
            throw failure("Argument \"\(argument.name)\" of non-null type \"\(argument.type)\" must not be null.", argument, node)
        }
        return value ?? argument.defaultValue
    }

    private static func failure(_ message: String, _ argument: InputValueDefinition, _ node: Argument?) -> FieldError {
        FieldError(
            message, code: .badUserInput, details: [GraphQLError.Detail(name: "field", value: .string(argument.name))],
            position: node?.value.position)
    }
}
