/// Where the value of a field comes from.
public enum FieldBinding: Sendable {
    /// A column of the parent's row.
    case column(String, LeafEncoding)
    /// An object made from the parent's own row: `Organization.metadata`. Null if the column `presence` is null.
    case embedded(presence: String? = nil)
    /// Resolved by the host, once for all parents of a level.
    case resolved(any FieldResolver)
    /// Leaf values resolved by the host, once for all parents of a level. The result's rows have one column.
    case resolvedLeaf(any FieldResolver, LeafEncoding)
    /// Objects that come with the parent's result, in `FieldResult.Part.nested`.
    case nested
    /// A constant, as JSON: an enum name must include its quotes.
    case constant(String)
}

/// How a host resolves a field. The engine does not call it while executing: it passes whole levels to the host.
public protocol FieldResolver: AnyObject, Sendable {
    /// The columns of the parent's row that the resolver reads, available as `FieldCall.parentCell`.
    var parentColumns: [String] { get }

    /// Called once per planned field, after everything below it has been planned, to build a statement for exactly the
    /// selected columns. The result becomes `PlannedField.preparation`.
    func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)?
}

extension FieldResolver {
    public var parentColumns: [String] { [] }

    public func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? { nil }
}
