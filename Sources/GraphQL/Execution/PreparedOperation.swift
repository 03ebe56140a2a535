/// An operation of a document, planned. It holds for all variable values except of those that `@skip` and `@include`
/// use.
public final class PreparedOperation: Sendable {
    public let kind: OperationKind
    public let name: String?
    /// The root fields by their names in the schema, each once.
    public let rootFields: [String]
    /// How many fields were planned, counted for every type they can be selected on.
    public let fieldCount: Int
    /// The root fields by their schema coordinates.
    public let rootCoordinates: [String]
    let root: PlannedObject
    let schema: ExecutableSchema
    /// The document's text, for the locations of errors.
    let source: [UInt8]
    /// The cost, if it depends on no variable.
    let constantCost: Int?

    init(kind: OperationKind, name: String?, root: PlannedObject, fieldCount: Int, schema: ExecutableSchema, source: [UInt8]) {
        self.fieldCount = fieldCount
        self.kind = kind
        self.name = name
        self.root = root
        self.schema = schema
        self.source = source
        constantCost = OperationCost.isConstant(root) ? OperationCost.cost(of: root, variables: InputObject()) : nil
        rootFields = root.fields.reduce(into: []) { names, field in
            if !names.contains(field.definition.name) { names.append(field.definition.name) }
        }
        rootCoordinates = rootFields.map { SchemaCoordinate.member(type: root.type.name, name: $0).description }
    }

    /// Whether it only asks about the schema, so that its answer is the same for everyone.
    public var isIntrospectionOnly: Bool { kind == .query && rootFields.allSatisfy { $0.hasPrefix("__") } }
}

extension OperationDefinition {
    /// The operation to execute. Specification section 6.1, "GetOperation".
    public static func select(from document: Document, name: String?) throws(GraphQLError) -> OperationDefinition {
        var operations: [OperationDefinition] = []
        for case .operation(let operation) in document.definitions { operations.append(operation) }
        if let name {
            guard let operation = operations.first(where: { $0.name?.value == name }) else {
                throw GraphQLError("Unknown operation named \"\(name)\".", code: .badUserInput)
            }
            return operation
        }
        guard let operation = operations.first else { throw GraphQLError("Must provide an operation.", code: .badUserInput) }
        guard operations.count == 1 else {
            throw GraphQLError("Must provide operation name if query contains multiple operations.", code: .badUserInput)
        }
        return operation
    }
}
