internal import GraphQL

/// The value being decoded, for the standard library's scalars.
struct InputSingleValue: SingleValueDecodingContainer {
    private let decoder: InputDecoder

    init(_ decoder: InputDecoder) { self.decoder = decoder }

    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { decoder.value ?? .null == .null }

    func decode<Value: Decodable>(_: Value.Type) throws -> Value { try Value(from: decoder) }

    func decode(_ type: String.Type) throws -> String { try decoder.leaf(type) }
    func decode(_ type: Bool.Type) throws -> Bool { try decoder.leaf(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try decoder.leaf(type) }
    func decode(_ type: Double.Type) throws -> Double { try decoder.leaf(type) }

    // MARK: Types without values in the schema

    func decode(_: Float.Type) throws -> Float { throw InputMismatch() }
    func decode(_: Int.Type) throws -> Int { throw InputMismatch() }
    func decode(_: Int8.Type) throws -> Int8 { throw InputMismatch() }
    func decode(_: Int16.Type) throws -> Int16 { throw InputMismatch() }
    func decode(_: Int32.Type) throws -> Int32 { throw InputMismatch() }
    func decode(_: UInt.Type) throws -> UInt { throw InputMismatch() }
    func decode(_: UInt8.Type) throws -> UInt8 { throw InputMismatch() }
    func decode(_: UInt16.Type) throws -> UInt16 { throw InputMismatch() }
    func decode(_: UInt32.Type) throws -> UInt32 { throw InputMismatch() }
    func decode(_: UInt64.Type) throws -> UInt64 { throw InputMismatch() }
}
