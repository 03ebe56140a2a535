internal import GraphQL

/// A report's object type without the type of its values.
struct ReportDeclaration {
    let report: any Report.Type
    let name: String
    let bindings: [String: FieldBinding]
    let nested: [any Report.Type]
    /// The declaration's problems with the schema's type, as sentences.
    let problems: @Sendable (ObjectType) -> [String]
}

extension Report {
    static var declaration: ReportDeclaration {
        let type = type
        return ReportDeclaration(
            report: Self.self, name: type.name, bindings: type.bindings, nested: type.fields.compactMap(\.nested)
        ) { object in
            var seen: Set<String> = []
            return type.fields.flatMap { field -> [String] in
                guard seen.insert(field.name).inserted else { return ["\(type.name) has the field \(field.name) twice."] }
                guard let definition = object.field(field.name) else { return [] }
                let unread = definition.arguments.map {
                    "\(type.name).\(field.name) has the argument \($0.name), which its report does not read."
                }
                return unread + (field.problem(definition).map { ["\(type.name).\(field.name) \($0)."] } ?? [])
            }
        }
    }
}
