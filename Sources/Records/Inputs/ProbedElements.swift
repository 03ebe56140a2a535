/// A list of one element, so that what is read from elements is recorded.
struct ProbedElements: UnkeyedDecodingContainer {
    private let probe: InputProbe
    private(set) var currentIndex = 0

    init(_ probe: InputProbe) { self.probe = probe }

    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex > 0 }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<Value: Decodable>(_: Value.Type) throws -> Value {
        currentIndex += 1
        return try probe.sample()
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy _: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
        throw InputMismatch()
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw InputMismatch() }
    mutating func superDecoder() throws -> any Decoder { throw InputMismatch() }
}
