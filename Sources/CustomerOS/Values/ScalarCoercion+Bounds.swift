internal import GraphQL

extension ScalarCoercion {
    /// `Int64`, except integers beyond 64 bits: their rule, which every input of this type has, refuses them and says
    /// what is allowed.
    static let boundedInt64 = ScalarCoercion { value throws(CoercionFailure) in
        switch value {
        case .largeInteger: return value
        case .float(let number) where number.isFinite && number == number.rounded() && Int64(exactly: number) == nil: return value
        case .string(let text) where text.isWholeNumber && Int64(text) == nil: return .largeInteger(text)
        default: return try int64.coerce(value)
        }
    }
}

extension String {
    /// Whether it is digits, with an optional minus.
    fileprivate var isWholeNumber: Bool {
        let digits = hasPrefix("-") ? utf8.dropFirst() : utf8[...]
        return !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
    }
}
