internal import GraphQL

/// A member of an input that distinguishes absent from null.
package enum Given<Value: Decodable & Sendable>: Sendable {
    case absent, null
    case value(Value)

    package var value: Value? { if case .value(let value) = self { value } else { nil } }

    package var isAbsent: Bool { if case .absent = self { true } else { false } }
}

extension Given: Decodable {
    package init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? InputDecoder else { throw InputMismatch() }
        switch decoder.value {
        case nil: self = .absent
        case .null?: self = .null
        default: self = .value(try Value(from: decoder))
        }
    }
}

extension Given: InputWrapper {
    static var wrapped: any Decodable.Type { Value.self }
}
