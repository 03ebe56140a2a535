/// A type whose values may be absent or null.
protocol InputWrapper {
    static var wrapped: any Decodable.Type { get }
}

extension Optional: InputWrapper where Wrapped: Decodable {
    static var wrapped: any Decodable.Type { Wrapped.self }
}

/// A type that a list is decoded as.
protocol InputList {
    static var element: any Decodable.Type { get }
}

extension Array: InputList where Element: Decodable {
    static var element: any Decodable.Type { Element.self }
}
