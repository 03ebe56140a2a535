/// The fields, selection sets and fragments of a document in arrays, with the fields' definitions, which a walk would
/// otherwise look up repeatedly.
struct DocumentLayout {
    /// What is known of a field, by its number.
    struct Entry {
        let field: Unmanaged<Field>
        let definition: Unmanaged<FieldDefinition>?
        /// The object type that it is selected on, or −1 for an abstract or unknown one.
        let objectType: Int32
        /// A number for its response key.
        let key: Int32
        /// What is selected of it, or −1.
        let selections: Int32
    }

    enum Selected {
        case field(Int32)
        case inline(Int32)
        case spread(Int32)
    }

    /// Of several with the same name, the last.
    let fragments: [FragmentDefinition]
    private(set) var entries: [Entry?]
    private(set) var sets: [[Selected]] = []
    private(set) var operationSets: [Int32] = []
    private(set) var fragmentSets: [Int32] = []
    private(set) var keys = NameTable(minimumCapacity: 64)
    private var fragmentNumbers: NameTable

    init(_ document: Document, _ schema: Schema) {
        var names = NameTable()
        var fragments: [FragmentDefinition] = []
        var repeated: [FragmentDefinition] = []
        for case .fragment(let fragment) in document.definitions {
            let number = names.insert(fragment.name)
            if number == fragments.count {
                fragments.append(fragment)
            } else {
                repeated.append(fragments[number])
                fragments[number] = fragment
            }
        }
        self.fragments = fragments
        fragmentNumbers = names
        entries = [Entry?](repeating: nil, count: document.fieldCount)
        for case .operation(let operation) in document.definitions {
            operationSets.append(layOut(operation.selections, schema.rootType(for: operation.kind).map { .object($0) }, schema))
        }
        for fragment in fragments {
            fragmentSets.append(layOut(fragment.selections, schema.compositeType(fragment.typeCondition), schema))
        }
        // Repeated names are refused, but their fields are checked.
        for fragment in repeated { _ = layOut(fragment.selections, schema.compositeType(fragment.typeCondition), schema) }
    }

    func fragmentNumber(_ name: Name) -> Int? { fragmentNumbers.number(of: name) }

    /// The definition of a field, or nil if it is unknown.
    @inline(__always)
    func definition(of field: Field) -> FieldDefinition? { entries[field.number]?.definition?.takeUnretainedValue() }

    private mutating func layOut(_ selections: [Selection], _ parent: NamedType?, _ schema: Schema) -> Int32 {
        var selected: [Selected] = []
        selected.reserveCapacity(selections.count)
        for selection in selections {
            switch selection {
            case .field(let field): selected.append(.field(layOut(field, parent, schema)))
            case .inlineFragment(let fragment):
                let type = fragment.typeCondition.map { schema.compositeType($0) } ?? parent
                selected.append(.inline(layOut(fragment.selections, type, schema)))
            case .fragmentSpread(let spread):
                if let number = fragmentNumbers.number(of: spread.name) { selected.append(.spread(Int32(number))) }
            }
        }
        sets.append(selected)
        return Int32(sets.count - 1)
    }

    private mutating func layOut(_ field: Field, _ parent: NamedType?, _ schema: Schema) -> Int32 {
        let definition = parent.flatMap { schema.field(field.name, of: $0) }
        var objectType: Int32 = -1
        if case .object(let object)? = parent { objectType = object.number }
        var selections: Int32 = -1
        if !field.selections.isEmpty {
            let type = definition?.type.namedType
            selections = layOut(field.selections, type?.isComposite == true ? type : nil, schema)
        }
        entries[field.number] = Entry(
            field: .passUnretained(field), definition: definition.map { .passUnretained($0) }, objectType: objectType,
            key: Int32(keys.insert(field.alias ?? field.name)), selections: selections)
        return Int32(field.number)
    }
}

extension Schema {
    /// The field named `name` of a composite type, the introspection fields included.
    func field(_ name: Name, of type: NamedType) -> FieldDefinition? {
        switch type {
        case .object(let object): object.field(name) ?? introspectionField(name.value, of: type)
        case .interface(let interface): interface.field(name) ?? introspectionField(name.value, of: type)
        default: introspectionField(name.value, of: type)
        }
    }

    func compositeType(_ name: Name) -> NamedType? {
        guard let type = type(name), type.isComposite else { return nil }
        return type
    }
}
