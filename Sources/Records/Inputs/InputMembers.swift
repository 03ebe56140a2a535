internal import GraphQL

/// The members of an object being decoded.
struct InputMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let object: InputObject
    private let decoder: InputDecoder

    init(of object: InputObject, _ decoder: InputDecoder) {
        self.object = object
        self.decoder = decoder
    }

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { object.members.compactMap { Key(stringValue: $0.name) } }

    func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }
    func decodeNil(forKey key: Key) -> Bool { object[key.stringValue] ?? .null == .null }

    func decode<Value: Decodable>(_: Value.Type, forKey key: Key) throws -> Value {
        decoder.value = object[key.stringValue]
        decoder.whole = object
        return try Value(from: decoder)
    }

    func decodeIfPresent<Value: Decodable>(_: Value.Type, forKey key: Key) throws -> Value? {
        switch object[key.stringValue] {
        case nil, .null?: return nil
        case let value?:
            decoder.value = value
            decoder.whole = object
            return try Value(from: decoder)
        }
    }

    // MARK: Scalars

    private func leaf<Leaf: InputLeaf>(_ key: Key) throws -> Leaf {
        guard let value = object[key.stringValue], let leaf = Leaf(value) else { throw InputMismatch() }
        return leaf
    }

    private func leafIfPresent<Leaf: InputLeaf>(_ key: Key) throws -> Leaf? {
        switch object[key.stringValue] {
        case nil, .null?: return nil
        case let value?:
            guard let leaf = Leaf(value) else { throw InputMismatch() }
            return leaf
        }
    }

    func decode(_: String.Type, forKey key: Key) throws -> String { try leaf(key) }
    func decode(_: Bool.Type, forKey key: Key) throws -> Bool { try leaf(key) }
    func decode(_: Int64.Type, forKey key: Key) throws -> Int64 { try leaf(key) }
    func decode(_: Double.Type, forKey key: Key) throws -> Double { try leaf(key) }
    func decodeIfPresent(_: String.Type, forKey key: Key) throws -> String? { try leafIfPresent(key) }
    func decodeIfPresent(_: Bool.Type, forKey key: Key) throws -> Bool? { try leafIfPresent(key) }
    func decodeIfPresent(_: Int64.Type, forKey key: Key) throws -> Int64? { try leafIfPresent(key) }
    func decodeIfPresent(_: Double.Type, forKey key: Key) throws -> Double? { try leafIfPresent(key) }

    // MARK: What inputs have no use for

    func nestedContainer<Nested: CodingKey>(keyedBy _: Nested.Type, forKey _: Key) throws -> KeyedDecodingContainer<Nested> {
        throw InputMismatch()
    }

    func nestedUnkeyedContainer(forKey _: Key) throws -> any UnkeyedDecodingContainer { throw InputMismatch() }
    func superDecoder() throws -> any Decoder { throw InputMismatch() }
    func superDecoder(forKey _: Key) throws -> any Decoder { throw InputMismatch() }
}
