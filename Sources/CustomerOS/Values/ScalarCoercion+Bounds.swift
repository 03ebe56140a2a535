internal import GraphQL

extension ScalarCoercion {
    /// `Int64`, apart from whole numbers beyond 64 bits: the rule of their place refuses them, which every input of this type has, and says
    /// what is allowed there.
    static let boundedInt64 = ScalarCoercion { value throws(CoercionFailure) in
        switch value {
        case .largeInteger: return value
        case .float(let number) where number.isFinite && number == number.rounded() && Int64(exactly: number) == nil: return value
        default: return try int64.coerce(value)
        }
    }
}
