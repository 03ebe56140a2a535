internal import GraphQL

/// Records what a structure reads from an input instead of reading it: once, at start.
final class InputProbe: InputDecoder {
    /// A member that the structure reads.
    struct Member {
        let name: String
        let type: any Decodable.Type
        let canBeAbsent: Bool
        /// What is read from it, or from the elements of a list, if that is an object.
        let probe: InputProbe
    }

    /// A column written by a patch, and its member.
    struct Patched {
        let table: String
        let column: Column
        let member: String
    }

    var members: [Member] = []
    var patched: [Patched] = []

    init() { super.init(nil, in: InputObject()) }

    override func container<Key: CodingKey>(keyedBy _: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(ProbedMembers(self))
    }

    override func unkeyedContainer() throws -> any UnkeyedDecodingContainer { ProbedElements(self) }

    override func leaf<Leaf: InputLeaf>(_: Leaf.Type) throws(InputMismatch) -> Leaf {
        guard let sample = Leaf.sample else { throw InputMismatch() }
        return sample
    }

    /// Records a member and returns a sample value.
    func read<Value: Decodable>(_ name: String, _: Value.Type, canBeAbsent: Bool) throws -> Value {
        if Value.self is any ReadsWholeInput.Type { return try Value(from: self) }
        let probe = InputProbe()
        let value: Value = try probe.sample()
        let type = Self.unwrapped(Value.self)
        members.append(Member(name: name, type: type, canBeAbsent: canBeAbsent || type != Value.self, probe: probe))
        return value
    }

    /// Records what a type reads and returns a sample value.
    func sample<Value: Decodable>() throws -> Value {
        // A wrapper decodes absent values without looking at what it wraps.
        let type = Self.unwrapped(Value.self)
        if type != Value.self { _ = try type.init(from: self) }
        return try Value(from: self)
    }

    /// The type itself, or what it wraps.
    static func unwrapped(_ type: any Decodable.Type) -> any Decodable.Type {
        var type = type
        while let wrapper = type as? any InputWrapper.Type { type = wrapper.wrapped }
        return type
    }
}

/// A type that is decoded from the object it is a member of, not from the member with its name.
protocol ReadsWholeInput {}
