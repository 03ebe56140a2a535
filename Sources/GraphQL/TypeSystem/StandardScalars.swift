/// The built-in scalars, and others that a service may pass to `SchemaBuilder.build`. Specification section 3.5.
public enum StandardScalars {
    /// By name.
    public static let builtIn: [String: ScalarCoercion] = [
        "Int": .int, "Float": .float, "String": .string, "Boolean": .boolean, "ID": .id,
    ]
}

extension ScalarCoercion {
    /// 32-bit integers.
    public static let int = ScalarCoercion { value throws(CoercionFailure) in
        switch value {
        case .integer(let number):
            guard Int32(exactly: number) != nil else {
                throw CoercionFailure("Int cannot represent non 32-bit signed integer value: \(value.inspected)")
            }
            return value
        case .float(let number):
            guard let integer = Int32(exactly: number) else {
                let reason = number == number.rounded() ? "non 32-bit signed integer" : "non-integer"
                throw CoercionFailure("Int cannot represent \(reason) value: \(value.inspected)")
            }
            return .integer(Int64(integer))
        case .largeInteger: throw CoercionFailure("Int cannot represent non 32-bit signed integer value: \(value.inspected)")
        default: throw CoercionFailure("Int cannot represent non-integer value: \(value.inspected)")
        }
    }

    /// Finite double-precision numbers.
    public static let float = ScalarCoercion { value throws(CoercionFailure) in
        switch value {
        case .integer(let number): return .float(Double(number))
        case .largeInteger(let digits):
            if let number = Double(digits), number.isFinite { return .float(number) }
        case .float(let number) where number.isFinite: return value
        default: break
        }
        throw CoercionFailure("Float cannot represent non numeric value: \(value.inspected)")
    }

    public static let string = ScalarCoercion { value throws(CoercionFailure) in
        guard case .string = value else {
            throw CoercionFailure("String cannot represent a non string value: \(value.inspected)")
        }
        return value
    }

    public static let boolean = ScalarCoercion { value throws(CoercionFailure) in
        guard case .boolean = value else {
            throw CoercionFailure("Boolean cannot represent a non boolean value: \(value.inspected)")
        }
        return value
    }

    /// Strings and integers; the value is always a string.
    public static let id = ScalarCoercion { value throws(CoercionFailure) in
        switch value {
        case .string: return value
        case .integer(let number): return .string(String(number))
        case .largeInteger(let digits): return .string(digits)
        default:
            throw CoercionFailure("ID cannot represent a non-string and non-integer value: \(value.inspected)")
        }
    }

    /// 64-bit integers, also as a string of digits.
    public static let int64 = ScalarCoercion { value throws(CoercionFailure) in
        switch value {
        case .integer: return value
        case .float(let number):
            if let integer = Int64(exactly: number) { return .integer(integer) }
        case .string(let text):
            if text.first != "+", let integer = Int64(text) { return .integer(integer) }
        default: break
        }
        throw CoercionFailure("Int64 cannot represent non 64-bit integer value: \(value.inspected)")
    }

    /// RFC 3339 date-times, kept as given; dates too, since only a value's position says whether a day is meant.
    public static let time = ScalarCoercion { value throws(CoercionFailure) in
        guard case .string(let text) = value, RFC3339.isDateTime(text) || RFC3339.isDate(text) else {
            throw CoercionFailure("Time cannot represent a value that is no RFC 3339 date-time: \(value.inspected)")
        }
        return value
    }

    /// Any value, unchanged.
    public static let any = ScalarCoercion { value throws(CoercionFailure) in value }
}
