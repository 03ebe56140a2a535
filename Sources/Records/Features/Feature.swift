package import GraphQL

/// A part of the product: the types, reads, changes and jobs that belong together.
package struct Feature: Sendable {
    private(set) package var types: [RecordType] = []
    /// The bindings of object types that are not rows of a table.
    private(set) package var objects: [String: [String: FieldBinding]] = [:]
    private(set) package var queries: [String: FieldBinding] = [:]
    private(set) package var mutations: [String: FieldBinding] = [:]
    /// Its periodic work.
    private(set) package var jobs: [JobKind] = []
    /// What is decoded from its fields' arguments.
    private(set) var uses: [InputUse] = []
    /// The types of computed objects, by name.
    private var reports: [String: [ReportDeclaration]] = [:]
    private var answers: [(field: RootField, problem: @Sendable (FieldDefinition) -> String?)] = []

    package init(_ parts: [Part]) {
        for part in parts { add(part) }
    }

    private mutating func add(_ part: Part) {
        if let type = part.type { types.append(type()) }
        for (name, bindings) in part.objects { objects[name] = bindings }
        for report in part.reports { add(report) }
        if let job = part.job { jobs.append(job) }
        for field in part.fields {
            switch field {
            case .query(let name): queries[name] = part.binding
            case .mutation(let name): mutations[name] = part.binding
            }
            if let input = part.input { uses.append(InputUse(type: input, field: field, ignored: part.ignored, taken: part.taken)) }
            if let answer = part.answer { answers.append((field, answer)) }
        }
    }

    private mutating func add(_ report: any Report.Type) {
        let declaration = report.declaration
        guard !reports[declaration.name, default: []].contains(where: { $0.report == report }) else { return }
        reports[declaration.name, default: []].append(declaration)
        objects[declaration.name] = declaration.bindings
        for nested in declaration.nested { add(nested) }
    }

    /// Its fields that cannot have their declared answers, and its computed objects that are not the schema's.
    func problems(_ schema: Schema) -> [String] {
        let wrong = answers.compactMap { answer -> String? in
            guard let field = answer.field.definition(in: schema), let problem = answer.problem(field) else { return nil }
            return "The field \(answer.field.name) \(problem)."
        }
        return wrong
            + reports.flatMap { name, declarations -> [String] in
                let several = declarations.count > 1 ? ["\(name) is computed as \(declarations.count) different types."] : []
                guard case .object(let object)? = schema.type(name) else { return several }
                return several + declarations.flatMap { $0.problems(object) }
            }
    }
}
