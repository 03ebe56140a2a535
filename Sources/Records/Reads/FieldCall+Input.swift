internal import GraphQL

extension FieldCall {
    /// Decodes the arguments.
    /// - Parameter readsInput: Whether only the argument `input` is decoded, rather than all arguments.
    func input<Input: Decodable>(_: Input.Type, readsInput: Bool) throws -> Input {
        if readsInput, case .object(let input)? = arguments["input"] { return try Input(from: InputDecoder(input)) }
        return try Input(from: InputDecoder(arguments.values))
    }
}
