package import GraphQL
internal import Postgres

/// Resolves a field with statements sent together with those of the level's other fields.
///
/// It consists of closures instead of being a class to override: preparing a planned field yields the closure that
/// begins its calls, so nothing is looked up or cast per request.
package final class ReadField: FieldResolver {
    /// Adds the statements of a call to the wave, or answers it at once.
    package typealias Begin = @Sendable (FieldCall, any StatementWave) throws -> Void

    package let parentColumns: [String]
    private let plan: @Sendable (PlannedField) -> Begin?

    /// - Parameters:
    ///   - parentColumns: The parent's columns that calls read.
    ///   - plan: Makes the statements for the selected columns and returns what begins a call; nil if nothing is
    ///     selected.
    package init(parentColumns: [String] = [], _ plan: @escaping @Sendable (PlannedField) -> Begin?) {
        self.parentColumns = parentColumns
        self.plan = plan
    }

    private final class Plan: Sendable {
        let begin: Begin

        init(_ begin: @escaping Begin) { self.begin = begin }
    }

    package func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? { plan(field).map(Plan.init) }

    package func begin(_ call: FieldCall, _ wave: any StatementWave) throws {
        try (call.field.preparation as? Plan)?.begin(call, wave)
    }
}
