/// A field of an operation as it will be executed: merged, looked up and bound.
public final class PlannedField: @unchecked Sendable {
    public let responseKey: String
    public let parentType: ObjectType
    public let definition: FieldDefinition
    public let binding: FieldBinding
    /// The index in `PlannedObject.fields`.
    public let index: Int
    /// How the size of the value, or of the lists within it, is determined.
    let size: OperationCost.Size
    /// How many lists enclose the value.
    public let listDepth: Int
    /// What is selected of the value, one per object type it can have. Empty for leaves.
    public internal(set) var selections: [PlannedObject] = []
    /// The indexes of the resolver's `parentColumns` in the parent's row.
    public internal(set) var parentColumnIndexes: [Int] = []
    /// What the resolver's `prepare` returned.
    public internal(set) var preparation: (any AnyObject & Sendable)?

    /// Where the field stands in the document, for errors: the positions of all fields merged into it.
    let positions: [SourcePosition]
    /// Arguments without variables, coerced when planned.
    let constantArguments: Arguments?
    let argumentNodes: [Argument]
    /// How a resolved leaf is written; nil if the field is not one.
    let leafEncoding: LeafEncoding?
    let namedType: NamedType
    /// Bit *d* says whether values at list depth *d* must not be null; 0 is the field itself.
    private let nonNullDepths: UInt64
    /// Whether the schema's directives on the field may deny a caller access.
    let isGuarded: Bool

    init(
        responseKey: String, parentType: ObjectType, definition: FieldDefinition, binding: FieldBinding, index: Int,
        positions: [SourcePosition], argumentNodes: [Argument], constantArguments: Arguments?
    ) {
        self.responseKey = responseKey
        self.parentType = parentType
        self.definition = definition
        self.binding = binding
        self.index = index
        self.positions = positions
        self.argumentNodes = argumentNodes
        self.constantArguments = constantArguments
        listDepth = definition.type.listDepth
        size = definition.type.namedType.isComposite ? OperationCost.size(of: definition, argumentNodes) : .unknown
        namedType = definition.type.namedType
        var depths: UInt64 = 0
        for depth in 0...min(63, listDepth) where definition.type.isNonNull(atDepth: depth) { depths |= 1 << UInt64(depth) }
        nonNullDepths = depths
        if case .resolvedLeaf(_, let encoding) = binding { leafEncoding = encoding } else { leafEncoding = nil }
        isGuarded = definition.appliedDirectives.contains { $0.name.value != "deprecated" }
    }

    @inline(__always)
    func isNonNull(atDepth depth: Int) -> Bool { nonNullDepths >> UInt64(truncatingIfNeeded: depth) & 1 == 1 }

    public func selection(for type: ObjectType) -> PlannedObject? { selections.first { $0.type === type } }
}

/// The fields selected of one object type, in response order.
public final class PlannedObject: @unchecked Sendable {
    public let type: ObjectType
    public internal(set) var fields: [PlannedField] = []
    /// The columns that the rows must have, in this order: those of the selected leaves, embedded objects and the
    /// resolvers' `parentColumns`, each once. An embedded object has none: its columns are its parent's.
    public internal(set) var columns: [String] = []
    /// Why the fields of such an object cannot be collected: it then has none, and is null in the response.
    var failure: FieldError?

    /// What the writer does for each field, in order.
    private(set) var instructions = UnsafeMutableBufferPointer<WriteInstruction>(start: nil, count: 0)
    private var keys: UnsafeMutablePointer<UInt8>?

    init(type: ObjectType) { self.type = type }

    deinit {
        instructions.deallocate()
        keys?.deallocate()
    }

    /// Compiles the fields for the writer; `columns` are those of the rows the object is written from.
    func compile(columns: [String]) {
        var text: [UInt8] = []
        var ranges: [Range<Int>] = []
        for field in fields {
            let start = text.count
            if field.index > 0 { text.append(UInt8(ascii: ",")) }
            text.append(UInt8(ascii: "\""))
            text.append(contentsOf: field.responseKey.utf8)
            text.append(UInt8(ascii: "\""))
            text.append(UInt8(ascii: ":"))
            let keyEnd = text.count
            if case .constant(let json) = field.binding { text.append(contentsOf: json.utf8) }
            ranges.append(start..<keyEnd)
        }
        let keys = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, text.count))
        keys.initialize(from: text, count: text.count)
        self.keys = keys
        instructions = .allocate(capacity: fields.count)
        for (index, field) in fields.enumerated() {
            let end = index + 1 < ranges.count ? ranges[index + 1].lowerBound : text.count
            instructions.initializeElement(
                at: index,
                to: WriteInstruction(
                    field, key: keys + ranges[index].lowerBound, keyCount: ranges[index].count,
                    constantCount: end - ranges[index].upperBound, columns: columns))
        }
    }

    public func field(named name: String) -> PlannedField? { fields.first { $0.definition.name == name } }
}
