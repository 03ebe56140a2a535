package import GraphQL

/// Decodes coerced input into a structure whose members are named as in the schema. The compiler writes the code: the
/// structure is `Decodable`.
///
/// One decoder reads a whole input: each container sets what is to be read next before it passes the decoder on.
package class InputDecoder: Decoder {
    /// The value to read: nil if absent.
    final var value: InputValue?
    /// The object it is a member of.
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

    /// Reads the value as a scalar or an enum.
    func leaf<Leaf: InputLeaf>(_: Leaf.Type) throws(InputMismatch) -> Leaf {
        guard let value, let leaf = Leaf(value) else { throw InputMismatch() }
        return leaf
    }
}
