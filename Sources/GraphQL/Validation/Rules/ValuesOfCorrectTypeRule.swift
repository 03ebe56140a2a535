/// Specification section 5.6.1.
final class ValuesOfCorrectTypeRule: ValidationRule {
    override func enter(_ value: Value, for type: TypeReference?) {
        if let type { check(value, type) }
    }

    private func check(_ value: Value, _ type: TypeReference) {
        switch value {
        case .variable: break
        case .null: if type.isNonNull { report(value, type) }
        case .list(let values, _):
            guard case .list(let element) = type.nullable else { return checkLeaf(value, type) }
            for value in values { check(value, element) }
        case .object(let fields, _):
            guard case .inputObject(let object) = type.namedType else { return checkLeaf(value, type) }
            check(fields, value, object)
        default: checkLeaf(value, type)
        }
    }

    private func report(_ value: Value, _ type: TypeReference) {
        context.report("Expected value of type \"\(type)\", found \(DocumentPrinter.text(value)).", value.position)
    }

    private func check(_ fields: [ObjectField], _ value: Value, _ type: InputObjectType) {
        let given = Set(fields.map(\.name.value))
        for field in type.fields where field.isRequired && !given.contains(field.name) {
            context.report(
                "Field \"\(type.name).\(field.name)\" of required type \"\(field.type)\" was not provided.", value.position)
        }
        if type.isOneOf {
            if given.count != 1 {
                context.report("OneOf Input Object \"\(type.name)\" must specify exactly one key.", value.position)
            } else if let field = fields.last, case .null = field.value {
                context.report("Field \"\(type.name).\(field.name.value)\" must be non-null.", value.position)
            }
        }
        for field in fields {
            if let definition = type.field(field.name.value) {
                check(field.value, definition.type)
            } else {
                let suggestion = context.suggestion(field.name.value, among: type.fields.map(\.name))
                context.report(
                    "Field \"\(field.name.value)\" is not defined by type \"\(type.name)\".\(suggestion)", field.position)
            }
        }
    }

    private func checkLeaf(_ value: Value, _ type: TypeReference) {
        switch type.namedType {
        case .scalar(let scalar):
            if let message = failure(of: value, for: scalar) { context.report(message, value.position) }
        case .enumeration(let enumeration): check(value, enumeration)
        case .object, .interface, .union, .inputObject: report(value, type)
        }
    }

    private func check(_ value: Value, _ type: EnumType) {
        let text = DocumentPrinter.text(value)
        if case .enumeration(let name) = value, type.value(name.value) != nil { return }
        let suggestion = context.suggestion(text, among: type.values.map(\.name), of: "the enum value")
        if case .enumeration = value {
            context.report("Value \"\(text)\" does not exist in \"\(type.name)\" enum.\(suggestion)", value.position)
        } else {
            context.report("Enum \"\(type.name)\" cannot represent non-enum value: \(text).\(suggestion)", value.position)
        }
    }

    /// Why a literal is no value of a scalar. The built-in ones take literals more strictly than variables.
    private func failure(of value: Value, for scalar: ScalarType) -> String? {
        let text = DocumentPrinter.text(value)
        switch (scalar.name, value) {
        case ("Int", .int(let digits, _)):
            return Int32(digits) == nil ? "Int cannot represent non 32-bit signed integer value: \(text)" : nil
        case ("Int", _): return "Int cannot represent non-integer value: \(text)"
        case ("Float", .int), ("Float", .float): return nil
        case ("Float", _): return "Float cannot represent non numeric value: \(text)"
        case ("String", .string), ("Boolean", .boolean), ("ID", .string), ("ID", .int): return nil
        case ("String", _): return "String cannot represent a non string value: \(text)"
        case ("Boolean", _): return "Boolean cannot represent a non boolean value: \(text)"
        case ("ID", _): return "ID cannot represent a non-string and non-integer value: \(text)"
        default:
            guard let constant = InputValue(literal: value) else { return nil }
            do throws(CoercionFailure) {
                _ = try scalar.coercion.coerce(constant)
                return nil
            } catch {
                return error.message
            }
        }
    }
}
