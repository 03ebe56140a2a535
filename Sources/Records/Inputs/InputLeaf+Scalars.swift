package import GraphQL

extension String: InputLeaf {
    package init?(_ value: InputValue) {
        guard case .string(let text) = value else { return nil }
        self = text
    }

    package static var sample: String? { "" }

    package static func problem(with type: NamedType) -> String? { problem(with: type, unless: "String", "ID") }
}

extension Bool: InputLeaf {
    package init?(_ value: InputValue) {
        guard case .boolean(let flag) = value else { return nil }
        self = flag
    }

    package static var sample: Bool? { false }

    package static func problem(with type: NamedType) -> String? { problem(with: type, unless: "Boolean") }
}

extension Int64: InputLeaf {
    package init?(_ value: InputValue) {
        guard case .integer(let number) = value else { return nil }
        self = number
    }

    package static var sample: Int64? { 0 }

    package static func problem(with type: NamedType) -> String? { problem(with: type, unless: "Int", "Int64") }
}

extension Double: InputLeaf {
    package init?(_ value: InputValue) {
        switch value {
        case .float(let number): self = number
        case .integer(let number): self = Double(number)
        default: return nil
        }
    }

    package static var sample: Double? { 0 }

    package static func problem(with type: NamedType) -> String? { problem(with: type, unless: "Float") }
}

extension Time: InputLeaf {
    package init?(_ value: InputValue) {
        guard case .string(let text) = value else { return nil }
        self.init(text)
    }

    package init(from decoder: any Decoder) throws { self = try Self.read(decoder) }

    package static var sample: Time? { Time("") }

    package static func problem(with type: NamedType) -> String? { problem(with: type, unless: "Time") }
}

extension ID: InputLeaf {
    package init?(_ value: InputValue) {
        guard case .string(let text) = value else { return nil }
        self.init(text)
    }

    package init(from decoder: any Decoder) throws { self = try Self.read(decoder) }

    package static var sample: ID? { .nobody }

    package static func problem(with type: NamedType) -> String? { problem(with: type, unless: "ID") }
}
