internal import GraphQL

extension Feature.Part {
    /// A query whose value is computed.
    /// - Parameters:
    ///   - answer: A report, one or null, a list of them, or a `Leaf`.
    ///   - input: Its arguments, or those in its only argument `input`.
    ///   - compute: Says how, for the arguments and the caller. Throws `FieldError` if it refuses them.
    package static func computed<Input: Decodable & SendableMetatype, Answer: ReadAnswer>(
        _ name: String, _ answer: Answer.Type, of input: Input.Type,
        _ compute: @escaping @Sendable (Input, Issuer) throws -> Computation<Answer>
    ) -> Feature.Part {
        let field = ReadField { field in
            let readsInput = field.definition.readsInput
            return { call, wave in
                try compute(call.input(Input.self, readsInput: readsInput), wave.issuer).begin(call, wave)
            }
        }
        return Feature.Part(
            fields: [.query(name)], binding: Answer.binding(field), input: input, answer: { Answer.problem(with: $0) },
            reports: Answer.reports)
    }

    /// The same without arguments.
    package static func computed<Answer: ReadAnswer>(
        _ name: String, _ answer: Answer.Type, _ compute: @escaping @Sendable (Issuer) throws -> Computation<Answer>
    ) -> Feature.Part {
        computed(name, answer, of: NoInput.self) { _, issuer in try compute(issuer) }
    }
}
