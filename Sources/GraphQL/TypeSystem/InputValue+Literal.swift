extension InputValue {
    /// A constant literal as an uncoerced value; a variable is nil.
    init?(literal: Value) {
        switch literal {
        case .variable: return nil
        case .int(let digits, _):
            if let integer = Int64(digits) {
                self = .integer(integer)
            } else {
                self = .float(Double(digits) ?? .infinity)
            }
        case .float(let digits, _): self = .float(Double(digits) ?? .infinity)
        case .string(let string): self = .string(string.value)
        case .boolean(let value, _): self = .boolean(value)
        case .null: self = .null
        case .enumeration(let name): self = .enumeration(name.value)
        case .list(let values, _):
            var elements: [InputValue] = []
            for value in values {
                guard let element = InputValue(literal: value) else { return nil }
                elements.append(element)
            }
            self = .list(elements)
        case .object(let fields, _):
            var members: [InputObject.Member] = []
            for field in fields {
                guard let value = InputValue(literal: field.value) else { return nil }
                members.append(InputObject.Member(name: field.name.value, value: value))
            }
            self = .object(InputObject(members))
        }
    }
}
