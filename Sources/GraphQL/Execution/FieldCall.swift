/// One field to resolve for all of its parents.
public final class FieldCall {
    public let field: PlannedField
    /// Coerced; the same for every parent.
    public let arguments: Arguments
    /// Every row is a parent. A root field has one parent, without columns.
    public let parents: RowBatch
    /// Set by the host. A call left without a result is an internal error.
    public var result: FieldResult?

    init(field: PlannedField, arguments: Arguments, parents: RowBatch) {
        self.field = field
        self.arguments = arguments
        self.parents = parents
    }

    /// The value of `resolver.parentColumns[column]` for the parent `row`.
    public func parentCell(_ row: Int, _ column: Int) -> Cell {
        parents[row, field.parentColumnIndexes[column]]
    }
}

/// The arguments of a field after coercion: given values and defaults. Absent ones are missing.
public struct Arguments: Sendable {
    public var values: InputObject

    public init(_ values: InputObject = InputObject()) { self.values = values }

    public subscript(_ name: String) -> InputValue? { values[name] }
}
