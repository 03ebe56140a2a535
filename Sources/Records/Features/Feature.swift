package import GraphQL

/// A part of the product: the types, reads and changes that belong together.
package struct Feature: Sendable {
    private(set) package var types: [RecordType] = []
    /// The bindings of object types that are not rows of a table.
    private(set) package var objects: [String: [String: FieldBinding]] = [:]
    private(set) package var queries: [String: FieldBinding] = [:]
    private(set) package var mutations: [String: FieldBinding] = [:]
    /// What is decoded from its fields' arguments.
    private(set) var uses: [InputUse] = []
    private var answers: [(field: RootField, problem: @Sendable (FieldDefinition) -> String?)] = []

    package init(_ parts: [Part]) {
        for part in parts { add(part) }
    }

    private mutating func add(_ part: Part) {
        if let type = part.type { types.append(type()) }
        for (name, bindings) in part.objects { objects[name] = bindings }
        for field in part.fields {
            switch field {
            case .query(let name): queries[name] = part.binding
            case .mutation(let name): mutations[name] = part.binding
            }
            if let input = part.input { uses.append(InputUse(type: input, field: field, ignored: part.ignored, taken: part.taken)) }
            if let answer = part.answer { answers.append((field, answer)) }
        }
    }

    /// Its fields that cannot have their declared answers.
    func problems(_ schema: Schema) -> [String] {
        answers.compactMap { answer in
            guard let field = answer.field.definition(in: schema), let problem = answer.problem(field) else { return nil }
            return "The field \(answer.field.name) \(problem)."
        }
    }
}
