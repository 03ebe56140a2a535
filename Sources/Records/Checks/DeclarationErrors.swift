package import GraphQL

/// All mismatches between the features' declarations and the schema.
package struct DeclarationErrors: Error, CustomStringConvertible, Sendable {
    package let messages: [String]

    package var description: String { messages.joined(separator: "\n") }
}

extension ExecutableSchema {
    /// The schema with its bindings.
    /// - Parameters:
    ///   - bindings: Those of all object types.
    ///   - types: The records among them.
    /// - Throws: `DeclarationErrors` with every problem, so that all can be fixed at once.
    package convenience init(
        schema: Schema, bindings: [String: [String: FieldBinding]], types: [RecordType], features: [Feature]
    ) throws(DeclarationErrors) {
        let found =
            TypeCheck.problems(types, bindings, schema) + InputCheck.problems(features.flatMap(\.uses), schema)
            + features.flatMap { $0.problems(schema) } + JobCheck.problems(features.flatMap(\.jobs))
        do throws(BindingErrors) {
            try self.init(schema: schema, bindings: bindings)
        } catch {
            throw DeclarationErrors(messages: error.messages + Set(found).sorted())
        }
        guard found.isEmpty else { throw DeclarationErrors(messages: Set(found).sorted()) }
    }
}
