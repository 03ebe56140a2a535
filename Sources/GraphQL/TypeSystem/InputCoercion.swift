/// Takes literals and variables to their types. Specification section 3.5 to 3.12 ("Input Coercion") and 6.4.1.
enum InputCoercion {
    /// A literal, with variables already coerced. A variable without value makes the value absent.
    static func coerce(literal: Value, to type: TypeReference, variables: InputObject) throws(CoercionFailure) -> InputValue? {
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
            return try coerce(literal: literal, to: inner, variables: variables)
        case .list(let element):
            if case .null = literal { return .null }
            guard case .list(let values, _) = literal else {
                return .list([try coerce(literal: literal, to: element, variables: variables) ?? .null])
            }
            var items: [InputValue] = []
            for value in values { items.append(try coerce(literal: value, to: element, variables: variables) ?? .null) }
            return .list(items)
        case .named(let named):
            if case .null = literal { return .null }
            if case .inputObject(let input) = named {
                guard case .object(let fields, _) = literal else {
                    throw CoercionFailure("Expected value of type \"\(input.name)\", found \(DocumentPrinter.text(literal)).")
                }
                var given: [(String, Value)] = []
                for field in fields { given.append((field.name.value, field.value)) }
                return .object(
                    try coerceObject(input, given.map(\.0)) { (name, type) throws(CoercionFailure) in
                        guard let value = given.first(where: { $0.0 == name })?.1 else { return nil }
                        return try coerce(literal: value, to: type, variables: variables)
                    })
            }
            return try coerceLeaf(plain(literal, variables), named)
        }
    }

    /// A value of a request's variables.
    static func coerce(_ value: InputValue, to type: TypeReference, at path: String) throws(CoercionFailure) -> InputValue {
        switch type {
        case .nonNull(let inner):
            if value == .null { throw CoercionFailure(place(path) + "Expected non-nullable type \"\(type)\" not to be null.") }
            return try coerce(value, to: inner, at: path)
        case .list(let element):
            if value == .null { return .null }
            guard case .list(let values) = value else { return .list([try coerce(value, to: element, at: path)]) }
            var items: [InputValue] = []
            for (index, item) in values.enumerated() { items.append(try coerce(item, to: element, at: "\(path)[\(index)]")) }
            return .list(items)
        case .named(let named):
            if value == .null { return .null }
            guard case .inputObject(let input) = named else {
                do {
                    return try coerceLeaf(value, named, isVariable: true)
                } catch {
                    throw CoercionFailure(place(path) + error.message)
                }
            }
            guard case .object(let object) = value else {
                throw CoercionFailure(place(path) + "Expected type \"\(input.name)\" to be an object.")
            }
            do {
                return .object(
                    try coerceObject(input, object.members.map(\.name)) { (name, type) throws(CoercionFailure) in
                        guard let member = object[name] else { return nil }
                        return try coerce(member, to: type, at: "\(path).\(name)")
                    })
            }
        }
    }

    private static func place(_ path: String) -> String { path.contains(where: { $0 == "." || $0 == "[" }) ? "at \"\(path)\"; " : "; " }

    private static func coerceObject(
        _ input: InputObjectType, _ given: [String], _ member: (String, TypeReference) throws(CoercionFailure) -> InputValue?
    ) throws(CoercionFailure) -> InputObject {
        for name in given where input.field(name) == nil {
            throw CoercionFailure("Field \"\(name)\" is not defined by type \"\(input.name)\".")
        }
        var object = InputObject()
        for field in input.fields {
            if let value = given.contains(field.name) ? try member(field.name, field.type) : nil {
                object.members.append(InputObject.Member(name: field.name, value: value))
            } else if let value = field.defaultValue {
                object.members.append(InputObject.Member(name: field.name, value: value))
            } else if field.type.isNonNull {
                throw CoercionFailure("Field \"\(field.name)\" of required type \"\(field.type)\" was not provided.")
            }
        }
        if input.isOneOf, object.members.count != 1 || object.members[0].value == .null {
            throw CoercionFailure("Exactly one key must be specified for OneOf type \"\(input.name)\".")
        }
        return object
    }

    private static func coerceLeaf(_ value: InputValue, _ type: NamedType, isVariable: Bool = false) throws(CoercionFailure) -> InputValue {
        switch type {
        case .scalar(let scalar): return try scalar.coercion.coerce(value)
        case .enumeration(let enumeration):
            let name: String
            switch value {
            case .enumeration(let text): name = text
            case .string(let text) where isVariable: name = text
            default: throw CoercionFailure("Enum \"\(enumeration.name)\" cannot represent non-enum value: \(value.literalText).")
            }
            guard enumeration.value(name) != nil else {
                throw CoercionFailure("Value \"\(name)\" does not exist in \"\(enumeration.name)\" enum.")
            }
            return .enumeration(name)
        default: throw CoercionFailure("Type \"\(type.name)\" takes no values.")
        }
    }

    /// A literal without a type: what a scalar's coercion takes.
    private static func plain(_ literal: Value, _ variables: InputObject) -> InputValue {
        switch literal {
        case .variable(let name): variables[name.value] ?? .null
        case .int(let text, _): Int64(text).map(InputValue.integer) ?? .float(Double(text) ?? .infinity)
        case .float(let text, _): .float(Double(text) ?? .infinity)
        case .string(let literal): .string(literal.value)
        case .boolean(let flag, _): .boolean(flag)
        case .null: .null
        case .enumeration(let name): .enumeration(name.value)
        case .list(let values, _): .list(values.map { plain($0, variables) })
        case .object(let fields, _):
            .object(InputObject(fields.map { InputObject.Member(name: $0.name.value, value: plain($0.value, variables)) }))
        }
    }
}
