package import GraphQL
internal import Postgres

/// A field of a report.
package struct ReportField<R: Report>: Sendable {
    let name: String
    let binding: FieldBinding
    /// The text in the column of the field's name, if it has one.
    var cell: (@Sendable (R) -> String?)?
    /// The objects of a nested field, for all its parents.
    var objects: (@Sendable ([R], PlannedField) -> FieldResult)?
    /// The type of nested objects.
    var nested: (any Report.Type)?
    /// Why the schema's field cannot be this one, as the end of a sentence.
    let problem: @Sendable (FieldDefinition) -> String?

    /// A leaf.
    /// - Parameter encoding: If it is not the usual one of such values.
    package static func value<Value: ShownValue>(
        _ name: String, as encoding: LeafEncoding? = nil, _ value: @escaping @Sendable (R) -> Value
    ) -> ReportField {
        ReportField(name: name, binding: .column(name, encoding ?? Value.encoding), cell: { value($0).cell }) { field in
            Value.canBeNull && field.type.isNonNull ? "is not null, and computed as a value or null" : nil
        }
    }

    /// A constant, as JSON.
    package static func constant(_ name: String, json: String) -> ReportField {
        ReportField(name: name, binding: .constant(json)) { _ in nil }
    }

    /// An object within it.
    package static func object<Child: Report>(_ name: String, _ value: @escaping @Sendable (R) -> Child) -> ReportField {
        ReportField(
            name: name, binding: .nested, objects: { values, field in Child.type.one(values.map(value), field) }, nested: Child.self
        ) { Child.problem(with: $0) }
    }

    /// An object within it, or null.
    package static func object<Child: Report>(_ name: String, _ value: @escaping @Sendable (R) -> Child?) -> ReportField {
        ReportField(
            name: name, binding: .nested, objects: { values, field in Child.type.one(values.map(value), field) }, nested: Child.self
        ) { Child?.problem(with: $0) }
    }

    /// A list of objects within it.
    package static func list<Child: Report>(_ name: String, _ values: @escaping @Sendable (R) -> [Child]) -> ReportField {
        ReportField(
            name: name, binding: .nested, objects: { parents, field in Child.type.many(parents.map(values), field) }, nested: Child.self
        ) { [Child].problem(with: $0) }
    }

    /// The record with an id.
    package static func toOne<Target: RecordKind>(
        _ name: String, _ target: Target.Type, by id: @escaping @Sendable (R) -> ID<Target>?
    ) -> ReportField {
        let relation = ReadField.relation(target, parentColumn: name) { Relation.toOne(name, $0.table) }
        return ReportField(name: name, binding: .resolved(relation), cell: { id($0)?.text }) { field in
            let type = field.type.namedType.name
            return type == Target.type.name && !field.type.isList
                ? nil : "is a \(field.type), and its relation leads to a \(Target.type.name)"
        }
    }
}
