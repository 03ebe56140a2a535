/// Coerces the constant default of an argument or input field to its type. Specification section 3.12.
enum DefaultCoercion {
    /// The value of `literal` for `type`, or nil when it is none of the type.
    static func coerce(_ literal: Value, to type: TypeReference) -> InputValue? {
        InputValue(literal: literal).flatMap { coerce($0, to: type, depth: 0) }
    }

    private static func coerce(_ value: InputValue, to type: TypeReference, depth: Int) -> InputValue? {
        // Defaults of input objects that contain themselves would not end.
        guard depth < 64 else { return nil }
        switch type {
        case .nonNull(let type): return value == .null ? nil : coerce(value, to: type, depth: depth + 1)
        case .list(let element):
            if value == .null { return .null }
            guard case .list(let values) = value else {
                return coerce(value, to: element, depth: depth + 1).map { .list([$0]) }
            }
            var elements: [InputValue] = []
            for value in values {
                guard let element = coerce(value, to: element, depth: depth + 1) else { return nil }
                elements.append(element)
            }
            return .list(elements)
        case .named(let named):
            if value == .null { return .null }
            switch named {
            case .scalar(let scalar): return try? scalar.coercion.coerce(value)
            case .enumeration(let type):
                guard case .enumeration(let name) = value, type.value(name) != nil else { return nil }
                return value
            case .inputObject(let type): return coerce(value, to: type, depth: depth + 1)
            case .object, .interface, .union: return nil
            }
        }
    }

    private static func coerce(_ value: InputValue, to type: InputObjectType, depth: Int) -> InputValue? {
        guard case .object(let object) = value, object.members.allSatisfy({ type.field($0.name) != nil }) else { return nil }
        var members: [InputObject.Member] = []
        for field in type.fields {
            if let given = object[field.name] {
                guard let value = coerce(given, to: field.type, depth: depth + 1) else { return nil }
                members.append(InputObject.Member(name: field.name, value: value))
            } else if let literal = field.defaultLiteral {
                guard let given = InputValue(literal: literal), let value = coerce(given, to: field.type, depth: depth + 1)
                else { return nil }
                members.append(InputObject.Member(name: field.name, value: value))
            } else if field.type.isNonNull {
                return nil
            }
        }
        return .object(InputObject(members))
    }
}
