package import GraphQL

/// What a scalar or enum value of an input is read as.
package protocol InputLeaf: Decodable {
    /// Nil where the value is none of these.
    init?(_ value: InputValue)
    /// Any value, for the check at start.
    static var sample: Self? { get }
    /// Why values of a type of the schema cannot be read, as the end of a sentence; nil where they can.
    static func problem(with type: NamedType) -> String?
}

extension InputLeaf {
    /// That a type is none of the scalars that are read so.
    static func problem(with type: NamedType, unless scalars: String...) -> String? {
        if case .scalar(let scalar) = type, scalars.contains(scalar.name) { return nil }
        return "is of the type \(type.name), and read as \(Self.self)"
    }

    /// Used by the types that are no leaves of the standard library.
    static func read(_ decoder: any Decoder) throws -> Self {
        guard let decoder = decoder as? InputDecoder else { throw InputMismatch() }
        return try decoder.leaf(Self.self)
    }
}

extension InputValue {
    /// The text of a string or of a word.
    package var text: String? {
        switch self {
        case .string(let text), .enumeration(let text): text
        default: nil
        }
    }
}
