package import GraphQL
package import Postgres

/// An object that is computed for a request instead of being a row: a structure with everything its fields show.
///
///     struct Retention: Report {
///         let rate: Double
///         let months: [Month]
///
///         static let type = ReportType<Retention>(
///             "DashboardRetentionRate", [.value("retentionRate", \.rate), .list("perMonth", \.months)])
///     }
package protocol Report: Sendable, ReadAnswer, ChangeAnswer {
    static var type: ReportType<Self> { get }
}

extension Report {
    package static var reports: [any Report.Type] { [Self.self] }

    package static func binding(_ resolver: any FieldResolver) -> FieldBinding { .resolved(resolver) }

    package static func problem(with field: FieldDefinition) -> String? {
        if field.type.isList { return "is a list, and computed as one \(type.name)" }
        return problem(withTypeOf: field)
    }

    /// The same for what may be a list.
    static func problem(withTypeOf field: FieldDefinition) -> String? {
        let name = field.type.namedType.name
        return name == type.name ? nil : "is a \(name), and computed as a \(type.name)"
    }

    package func result(_ field: PlannedField) -> FieldResult { Self.type.one([self], field) }

    package func result(_ field: PlannedField, _: StatementText?, _: Changing) async throws -> FieldResult { result(field) }
}
