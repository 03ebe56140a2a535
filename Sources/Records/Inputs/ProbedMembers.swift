/// The members of an object, recorded as they are requested.
struct ProbedMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let probe: InputProbe

    init(_ probe: InputProbe) { self.probe = probe }

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_: Key) -> Bool { true }
    func decodeNil(forKey _: Key) -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try probe.read(key.stringValue, type, canBeAbsent: false)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try probe.read(key.stringValue, type, canBeAbsent: true)
    }

    // Each must be implemented: the protocol's defaults are for other containers.
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try probe.read(key.stringValue, type, canBeAbsent: false) }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try probe.read(key.stringValue, type, canBeAbsent: false) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try probe.read(key.stringValue, type, canBeAbsent: false) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try probe.read(key.stringValue, type, canBeAbsent: false) }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try probe.read(key.stringValue, type, canBeAbsent: true)
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        try probe.read(key.stringValue, type, canBeAbsent: true)
    }

    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
        try probe.read(key.stringValue, type, canBeAbsent: true)
    }

    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        try probe.read(key.stringValue, type, canBeAbsent: true)
    }

    // MARK: What inputs have no use for

    func nestedContainer<Nested: CodingKey>(keyedBy _: Nested.Type, forKey _: Key) throws -> KeyedDecodingContainer<Nested> {
        throw InputMismatch()
    }

    func nestedUnkeyedContainer(forKey _: Key) throws -> any UnkeyedDecodingContainer { throw InputMismatch() }
    func superDecoder() throws -> any Decoder { throw InputMismatch() }
    func superDecoder(forKey _: Key) throws -> any Decoder { throw InputMismatch() }
}
