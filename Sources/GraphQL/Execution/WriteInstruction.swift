/// What the writer does for one field of an object: all it needs, without following references.
struct WriteInstruction {
    enum Operation: UInt8 {
        case text, identifier, int, int64, float, boolean, time, enumeration, json, array
        case constant, embedded, resolved
    }

    /// The comma, unless the field is the first, and the response key with its colon, followed by a constant's value.
    let key: UnsafePointer<UInt8>
    let keyCount: Int32
    let constantCount: Int32
    /// The cell of a leaf, or the one that says whether an embedded object is present; −1 if there is none.
    let column: Int32
    let operation: Operation
    let isNonNull: Bool
    let isGuarded: Bool

    init(_ field: PlannedField, key: UnsafePointer<UInt8>, keyCount: Int, constantCount: Int, columns: [String]) {
        self.key = key
        self.keyCount = Int32(truncatingIfNeeded: keyCount)
        self.constantCount = Int32(truncatingIfNeeded: constantCount)
        isNonNull = field.definition.type.isNonNull
        isGuarded = field.isGuarded
        var column: Int?
        switch field.binding {
        case .column(let name, let encoding):
            operation = Operation(encoding)
            column = columns.firstIndex(of: name)
        case .constant: operation = .constant
        case .embedded(let presence):
            operation = .embedded
            column = presence.flatMap(columns.firstIndex)
        case .resolved, .resolvedLeaf, .nested: operation = .resolved
        }
        self.column = Int32(truncatingIfNeeded: column ?? -1)
    }
}

extension WriteInstruction.Operation {
    init(_ encoding: LeafEncoding) {
        switch encoding {
        case .text: self = .text
        case .identifier: self = .identifier
        case .int: self = .int
        case .int64: self = .int64
        case .float: self = .float
        case .boolean: self = .boolean
        case .time: self = .time
        case .enumeration: self = .enumeration
        case .json: self = .json
        case .array: self = .array
        }
    }
}

extension TypeReference {
    /// How many lists wrap the named type.
    var listDepth: Int {
        switch self {
        case .named: 0
        case .list(let element): 1 + element.listDepth
        case .nonNull(let type): type.listDepth
        }
    }

    /// Whether values at a list depth must not be null; 0 is the field itself.
    func isNonNull(atDepth depth: Int) -> Bool {
        if depth == 0 { return isNonNull }
        guard case .list(let element) = nullable else { return false }
        return element.isNonNull(atDepth: depth - 1)
    }
}
