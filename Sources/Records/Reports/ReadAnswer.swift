package import GraphQL

/// The value of a computed field.
package protocol ReadAnswer: SendableMetatype {
    /// The types of the objects it consists of.
    static var reports: [any Report.Type] { get }
    static func binding(_ resolver: any FieldResolver) -> FieldBinding
    /// Why a field cannot have such a value, as the end of a sentence; nil if it can.
    static func problem(with field: FieldDefinition) -> String?

    /// The value of a root field.
    func result(_ field: PlannedField) -> FieldResult
}

extension Optional: ReadAnswer where Wrapped: Report {
    package static var reports: [any Report.Type] { [Wrapped.self] }

    package static func binding(_ resolver: any FieldResolver) -> FieldBinding { .resolved(resolver) }

    package static func problem(with field: FieldDefinition) -> String? {
        if let problem = Wrapped.problem(with: field) { return problem }
        return field.type.isNonNull ? "is not null, and computed as a \(Wrapped.type.name) or null" : nil
    }

    package func result(_ field: PlannedField) -> FieldResult { Wrapped.type.one([self], field) }
}

extension Array: ReadAnswer where Element: Report {
    package static var reports: [any Report.Type] { [Element.self] }

    package static func binding(_ resolver: any FieldResolver) -> FieldBinding { .resolved(resolver) }

    package static func problem(with field: FieldDefinition) -> String? {
        guard field.type.isList else { return "is no list, and computed as a list of \(Element.type.name)" }
        return Element.problem(withTypeOf: field)
    }

    package func result(_ field: PlannedField) -> FieldResult { Element.type.many([self], field) }
}

/// The value of a computed leaf field.
package struct Leaf<Value: ShownValue>: ReadAnswer {
    private let value: Value

    package init(_ value: Value) { self.value = value }

    package static var reports: [any Report.Type] { [] }

    package static func binding(_ resolver: any FieldResolver) -> FieldBinding { .resolvedLeaf(resolver, Value.encoding) }

    package static func problem(with field: FieldDefinition) -> String? {
        if field.type.isList { return "is a list, and computed as one value" }
        return Value.canBeNull && field.type.isNonNull ? "is not null, and computed as a value or null" : nil
    }

    package func result(_ field: PlannedField) -> FieldResult { value.cell.map(FieldResult.leaf) ?? .null }
}
