extension InputValue {
    /// An integer as written in a document or in JSON.
    init(digits: String) { self = Int64(digits).map { .integer($0) } ?? .largeInteger(digits) }

    /// A literal as an uncoerced value, for a scalar's coercion. A variable without a value is null.
    /// - Parameter variables: Coerced; nil for a constant, in which a variable makes the result nil.
    init?(literal: Value, variables: InputObject? = nil) {
        switch literal {
        case .variable(let name):
            guard let variables else { return nil }
            self = variables[name.value] ?? .null
        case .int(let digits, _):
            self = InputValue(digits: digits)
        case .float(let digits, _): self = .float(Double(digits) ?? .infinity)
        case .string(let string): self = .string(string.value)
        case .boolean(let value, _): self = .boolean(value)
        case .null: self = .null
        case .enumeration(let name): self = .enumeration(name.value)
        case .list(let values, _):
            var elements: [InputValue] = []
            for value in values {
                guard let element = InputValue(literal: value, variables: variables) else { return nil }
                elements.append(element)
            }
            self = .list(elements)
        case .object(let fields, _):
            var members: [InputObject.Member] = []
            for field in fields {
                guard let value = InputValue(literal: field.value, variables: variables) else { return nil }
                members.append(InputObject.Member(name: field.name.value, value: value))
            }
            self = .object(InputObject(members))
        }
    }
}
