package import GraphQL

/// Reads coerced input into the members of a structure, whose names are those of the schema. The compiler writes the code: the structure is
/// `Decodable`.
///
/// One decoder reads a whole input: each container sets what is to be read next before it hands the decoder on.
package class InputDecoder: Decoder {
    /// What is to be read: nil where it is absent.
    final var value: InputValue?
    /// The object that it is a member of.
    final var whole: InputObject

    package convenience init(_ object: InputObject) { self.init(.object(object), in: object) }

    init(_ value: InputValue?, in whole: InputObject) {
        self.value = value
        self.whole = whole
    }

    package final var codingPath: [any CodingKey] { [] }
    package final var userInfo: [CodingUserInfoKey: Any] { [:] }

    package func container<Key: CodingKey>(keyedBy _: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let object)? = value else { throw InputMismatch() }
        return KeyedDecodingContainer(InputMembers(of: object, self))
    }

    package func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .list(let elements)? = value else { throw InputMismatch() }
        return InputElements(elements, self)
    }

    package func singleValueContainer() throws -> any SingleValueDecodingContainer { InputSingleValue(self) }

    /// Reads the value as a scalar or a word.
    func leaf<Leaf: InputLeaf>(_: Leaf.Type) throws(InputMismatch) -> Leaf {
        guard let value, let leaf = Leaf(value) else { throw InputMismatch() }
        return leaf
    }
}
