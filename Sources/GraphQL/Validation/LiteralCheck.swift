/// Finds what is wrong with a literal for the type expected at its position. Variables are checked elsewhere.
/// Specification section 5.6.1.
struct LiteralCheck {
    /// "Did you mean", for an unknown name among options of a kind.
    let suggestion: (_ name: String, _ options: [String], _ kind: String?) -> String
    let report: (_ message: String, _ position: SourcePosition) -> Void

    /// - Parameter place: The input field, if it is one.
    func check(_ value: Value, _ type: TypeReference, at place: String? = nil) {
        switch value {
        case .variable: break
        case .null: if type.isNonNull { reportMismatch(value, type) }
        case .list(let values, _):
            guard case .list(let element) = type.nullable else { return checkLeaf(value, type, place) }
            for value in values { check(value, element, at: place) }
        case .object(let fields, _):
            guard case .inputObject(let object) = type.namedType else { return checkLeaf(value, type, place) }
            check(fields, value, object)
        default: checkLeaf(value, type, place)
        }
    }

    private func reportMismatch(_ value: Value, _ type: TypeReference) {
        report("Expected value of type \"\(type)\", found \(DocumentPrinter.text(value)).", value.position)
    }

    private func check(_ fields: [ObjectField], _ value: Value, _ type: InputObjectType) {
        let given = Set(fields.map(\.name.value))
        for field in type.fields where field.isRequired && !given.contains(field.name) {
            report("Field \"\(type.name).\(field.name)\" of required type \"\(field.type)\" was not provided.", value.position)
        }
        if type.isOneOf {
            if given.count != 1 {
                report("OneOf Input Object \"\(type.name)\" must specify exactly one key.", value.position)
            } else if let field = fields.last, case .null = field.value {
                report("Field \"\(type.name).\(field.name.value)\" must be non-null.", value.position)
            }
        }
        for field in fields {
            if let definition = type.field(field.name.value) {
                check(field.value, definition.type, at: "\(type.name).\(field.name.value)")
            } else {
                let hint = suggestion(field.name.value, type.fields.map(\.name), nil)
                report("Field \"\(field.name.value)\" is not defined by type \"\(type.name)\".\(hint)", field.position)
            }
        }
    }

    private func checkLeaf(_ value: Value, _ type: TypeReference, _ place: String?) {
        switch type.namedType {
        case .scalar(let scalar):
            if scalar.name == "Float", let digits = value.digits, Double(digits)?.isFinite != true {
                let start = place.map { "\($0): " } ?? ""
                report("\(start)Float cannot represent a number this large: \(digits.shortened)", value.position)
            } else if let message = failure(of: value, for: scalar) {
                report(message, value.position)
            }
        case .enumeration(let enumeration): check(value, enumeration)
        case .object, .interface, .union, .inputObject: reportMismatch(value, type)
        }
    }

    private func check(_ value: Value, _ type: EnumType) {
        if case .enumeration(let name) = value, type.value(name.value) != nil { return }
        let text = DocumentPrinter.text(value)
        let hint = suggestion(text, type.values.map(\.name), "the enum value")
        if case .enumeration = value {
            report("Value \"\(text)\" does not exist in \"\(type.name)\" enum.\(hint)", value.position)
        } else {
            report("Enum \"\(type.name)\" cannot represent non-enum value: \(text).\(hint)", value.position)
        }
    }

    /// Why a literal is not a value of a scalar. Built-in scalars are stricter with literals than with variables.
    private func failure(of value: Value, for scalar: ScalarType) -> String? {
        switch (scalar.name, value) {
        case ("Int", .int(let digits, _)) where Int32(digits) != nil: return nil
        case ("Float", .int), ("Float", .float), ("String", .string), ("Boolean", .boolean), ("ID", .string), ("ID", .int): return nil
        case ("Int", .int): return "Int cannot represent non 32-bit signed integer value: \(DocumentPrinter.text(value))"
        case ("Int", _): return "Int cannot represent non-integer value: \(DocumentPrinter.text(value))"
        case ("Float", _): return "Float cannot represent non numeric value: \(DocumentPrinter.text(value))"
        case ("String", _): return "String cannot represent a non string value: \(DocumentPrinter.text(value))"
        case ("Boolean", _): return "Boolean cannot represent a non boolean value: \(DocumentPrinter.text(value))"
        case ("ID", _): return "ID cannot represent a non-string and non-integer value: \(DocumentPrinter.text(value))"
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

extension Value {
    /// A number as written.
    fileprivate var digits: String? {
        switch self {
        case .int(let digits, _), .float(let digits, _): digits
        default: nil
        }
    }
}
