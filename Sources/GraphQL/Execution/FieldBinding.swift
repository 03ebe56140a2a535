/// Where the value of a schema's field comes from.
public enum FieldBinding: Sendable {
    /// A column of the parent's row.
    case column(String, LeafEncoding)
    /// An object made of the parent's own row: `Organization.metadata`. Null when the column `presence` is null.
    case embedded(presence: String? = nil)
    /// Resolved by the host, once for all parents of a level.
    case resolved(any FieldResolver)
    /// Leaf values resolved by the host, once for all parents of a level. The result's rows have one column.
    case resolvedLeaf(any FieldResolver, LeafEncoding)
    /// Objects that come along with the parent's result, in `FieldResult.Part.nested`.
    case nested
    /// The same value everywhere, as JSON: an enum name must come with its quotes.
    case constant(String)
}

/// What a host does to resolve a field. The engine calls nothing of it at request time: it hands whole levels to the host.
public protocol FieldResolver: AnyObject, Sendable {
    /// The columns of the parent's row that the resolver reads, available as `FieldCall.parentCell`.
    var parentColumns: [String] { get }

    /// Called once for every planned field, when everything below it has been planned: the place to build a statement for
    /// exactly the selected columns. What it returns is `PlannedField.preparation`.
    func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)?
}

extension FieldResolver {
    public var parentColumns: [String] { [] }

    public func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? { nil }
}
