/// A field of an operation as it will be executed: merged, looked up and bound.
public final class PlannedField: @unchecked Sendable {
    public let responseKey: String
    public let parentType: ObjectType
    public let definition: FieldDefinition
    public let binding: FieldBinding
    /// The place in `PlannedObject.fields`.
    public let index: Int
    /// How many lists enclose the value.
    public let listDepth: Int
    /// What is selected of the value, one for each object type it can have. Empty for leaves.
    public internal(set) var selections: [PlannedObject] = []
    /// The columns of the parent's row where the resolver's `parentColumns` are.
    public internal(set) var parentColumnIndexes: [Int] = []
    /// What the resolver's `prepare` returned.
    public internal(set) var preparation: (any AnyObject & Sendable)?

    init(responseKey: String, parentType: ObjectType, definition: FieldDefinition, binding: FieldBinding, index: Int, listDepth: Int) {
        self.responseKey = responseKey
        self.parentType = parentType
        self.definition = definition
        self.binding = binding
        self.index = index
        self.listDepth = listDepth
    }

    public func selection(for type: ObjectType) -> PlannedObject? { selections.first { $0.type === type } }
}

/// The fields selected of one object type, in response order.
public final class PlannedObject: @unchecked Sendable {
    public let type: ObjectType
    public internal(set) var fields: [PlannedField] = []
    /// The columns that the rows must have, in this order: those of the selected leaves, of embedded objects and of the
    /// resolvers' `parentColumns`, each once. An embedded object has none of its own: its columns are its parent's.
    public internal(set) var columns: [String] = []

    init(type: ObjectType) { self.type = type }

    public func field(named name: String) -> PlannedField? { fields.first { $0.definition.name == name } }
}
