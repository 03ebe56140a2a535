internal import GraphQL

/// The elements of a list being decoded.
struct InputElements: UnkeyedDecodingContainer {
    private let elements: [InputValue]
    private let whole: InputObject
    private let decoder: InputDecoder
    private(set) var currentIndex = 0

    init(_ elements: [InputValue], _ decoder: InputDecoder) {
        self.elements = elements
        whole = decoder.whole
        self.decoder = decoder
    }

    var codingPath: [any CodingKey] { [] }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    mutating func decodeNil() -> Bool {
        guard !isAtEnd, elements[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_: Value.Type) throws -> Value {
        guard !isAtEnd else { throw InputMismatch() }
        decoder.value = elements[currentIndex]
        decoder.whole = whole
        currentIndex += 1
        return try Value(from: decoder)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy _: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
        throw InputMismatch()
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw InputMismatch() }
    mutating func superDecoder() throws -> any Decoder { throw InputMismatch() }
}
