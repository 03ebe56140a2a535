/// Coerces literals, which may contain variables, to types. Specification sections 3.5 to 3.12, "Input Coercion".
enum LiteralCoercion {
    /// - Parameter variables: Coerced for the operation.
    /// - Returns: nil if the literal is a variable without a value: it counts as absent.
    /// - Throws: `CoercionFailure` if the literal is not a value of the type. After validation only a variable can
    ///   cause that.
    static func coerce(_ literal: Value, to type: TypeReference, variables: InputObject) throws(CoercionFailure) -> InputValue? {
        if case .variable(let name) = literal {
            guard let value = variables[name.value] else {
                if type.isNonNull { throw CoercionFailure("Variable \"$\(name.value)\" must be provided.") }
                return nil
            }
            if value == .null, type.isNonNull { throw CoercionFailure("Variable \"$\(name.value)\" must not be null.") }
            return value
        }
        switch type {
        case .nonNull(let inner):
            if case .null = literal { throw CoercionFailure("Expected value of type \"\(type)\", found null.") }
            return try coerce(literal, to: inner, variables: variables)
        case .list(let element):
            if case .null = literal { return .null }
            guard case .list(let values, _) = literal else {
                return .list([try coerce(literal, to: element, variables: variables) ?? .null])
            }
            var items: [InputValue] = []
            items.reserveCapacity(values.count)
            for value in values { items.append(try coerce(value, to: element, variables: variables) ?? .null) }
            return .list(items)
        case .named(let named):
            if case .null = literal { return .null }
            switch named {
            case .scalar(let scalar):
                // An ID's digits may exceed any integer.
                if scalar.name == "ID", case .int(let digits, _) = literal { return .string(digits) }
                return try scalar.coercion.coerce(InputValue(literal: literal, variables: variables) ?? .null)
            case .enumeration(let enumeration):
                guard case .enumeration(let name) = literal, enumeration.value(name.value) != nil else { throw mismatch(named, literal) }
                return .enumeration(name.value)
            case .inputObject(let object):
                guard case .object(let fields, _) = literal else { throw mismatch(named, literal) }
                return .object(try coerce(fields, to: object, variables: variables))
            case .object, .interface, .union: throw mismatch(named, literal)
            }
        }
    }

    private static func mismatch(_ type: NamedType, _ literal: Value) -> CoercionFailure {
        CoercionFailure("Expected value of type \"\(type.name)\", found \(DocumentPrinter.text(literal)).")
    }

    private static func coerce(
        _ fields: [ObjectField], to type: InputObjectType, variables: InputObject
    ) throws(CoercionFailure) -> InputObject {
        for field in fields where type.field(field.name.value) == nil {
            throw CoercionFailure("Field \"\(field.name.value)\" is not defined by type \"\(type.name)\".")
        }
        var object = InputObject()
        let given = Dictionary(fields.map { ($0.name.value, $0.value) }) { first, _ in first }
        for field in type.fields {
            let literal = given[field.name]
            if let value = try literal.flatMap({ (literal) throws(CoercionFailure) in
                try coerce(literal, to: field.defaultValue == nil ? field.type : field.type.nullable, variables: variables)
            }) {
                if value == .null, field.type.isNonNull {
                    throw CoercionFailure("Field \"\(field.name)\" of type \"\(field.type)\" must not be null.")
                }
                object.members.append(InputObject.Member(name: field.name, value: value))
            } else if let value = field.defaultValue {
                object.members.append(InputObject.Member(name: field.name, value: value))
            } else if field.type.isNonNull {
                throw CoercionFailure("Field \"\(field.name)\" of required type \"\(field.type)\" was not provided.")
            }
        }
        if type.isOneOf, fields.count != 1 || object.members.count != 1 || object.members[0].value == .null {
            throw CoercionFailure("Exactly one key must be specified for OneOf type \"\(type.name)\".")
        }
        return object
    }
}
