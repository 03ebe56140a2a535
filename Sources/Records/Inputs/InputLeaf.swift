package import GraphQL

/// A type that a scalar or enum value of an input is decoded as.
package protocol InputLeaf: Decodable {
    /// Nil if the value is not one of these.
    init?(_ value: InputValue)
    /// A sample value, for the check at start.
    static var sample: Self? { get }
    /// Why values of a schema type cannot be read, as the end of a sentence; nil if they can.
    static func problem(with type: NamedType) -> String?
}

extension InputLeaf {
    /// Says that a type is not one of the supported scalars.
    static func problem(with type: NamedType, unless scalars: String...) -> String? {
        if case .scalar(let scalar) = type, scalars.contains(scalar.name) { return nil }
        return "is of the type \(type.name), and read as \(Self.self)"
    }

    /// For types other than the standard library's leaves.
    static func read(_ decoder: any Decoder) throws -> Self {
        guard let decoder = decoder as? InputDecoder else { throw InputMismatch() }
        return try decoder.leaf(Self.self)
    }
}

extension InputValue {
    /// The text of a string or an enum value.
    package var text: String? {
        switch self {
        case .string(let text), .enumeration(let text): text
        default: nil
        }
    }
}
