/// Finds out whether all fields of one response key can be merged, in time that grows with the document and not with the pairs
/// of its fields. Specification section 5.3.2, "FieldsInSetCanMerge" and "SameResponseShape".
///
/// Instead of comparing each field with each other one, the fields of a response key are compared with the first of them: having
/// the same name, arguments and shape is an equivalence. What is selected of them is then checked as one merged selection set.
/// A group of fields is checked once, however many paths lead to it. The document is first laid out in arrays, so that the
/// check itself compares numbers, and it keeps its own stack, so that no chain of fragments is too long for it.
struct FieldMergeCheck {
    enum Outcome {
        case mergeable
        /// Two fields that are in each other's way.
        case conflict(SourcePosition, SourcePosition)
        /// The work limit was reached first.
        case exhausted
    }

    /// How many fields are visited at most.
    static let workLimit = 1_000_000

    private struct FlatField {
        let key: Int32
        let name: Int32
        /// The object type that it is selected on, or −1 for an abstract or unknown one.
        let objectType: Int32
        /// The wrappers of its type and the leaf type within; −1 when the field is unknown.
        let shape: Int32
        let arguments: [Argument]
        /// What is selected of it, or −1.
        let selections: Int32
        let position: SourcePosition
    }

    private enum Entry {
        case field(Int32)
        case inline(Int32)
        case spread(Int32)
    }

    private struct Work {
        let sets: [Int32]
        let comparesShapesOnly: Bool
    }

    private let context: ValidationContext
    private var fields: [FlatField] = []
    private var sets: [[Entry]] = []
    private var fragmentSets: [Int32] = []
    private var fragmentNumbers: [String: Int32] = [:]
    private var names: [String: Int32] = [:]
    private var shapes: [String: Int32] = [:]
    private var shapeOfDefinition: [ObjectIdentifier: Int32] = [:]
    private var objectTypes: [ObjectIdentifier: Int32] = [:]

    private var pending: [Work] = []
    private var isChecked: [Bool] = []
    private var checkedGroups: Set<[Int32]> = []
    private var groupOfKey: [Int32] = []
    private var visitedFragments: [Int32] = []
    private var reachedFragments: [Bool] = []
    private var round: Int32 = 0
    private var work = 0

    init(_ context: ValidationContext) { self.context = context }

    mutating func run() -> Outcome {
        let roots = layOut()
        groupOfKey = [Int32](repeating: -1, count: names.count)
        visitedFragments = [Int32](repeating: 0, count: fragmentSets.count)
        reachedFragments = [Bool](repeating: false, count: fragmentSets.count)
        isChecked = [Bool](repeating: false, count: fields.count * 2)
        for root in roots {
            pending.append(Work(sets: [root], comparesShapesOnly: false))
            if let outcome = drain() { return outcome }
        }
        for (number, set) in fragmentSets.enumerated() where !reachedFragments[number] {
            pending.append(Work(sets: [set], comparesShapesOnly: false))
            if let outcome = drain() { return outcome }
        }
        return .mergeable
    }

    // MARK: Laying out

    /// - Returns: The selection sets of the operations.
    private mutating func layOut() -> [Int32] {
        var fragments: [FragmentDefinition] = []
        for case .fragment(let fragment) in context.document.definitions where fragmentNumbers[fragment.name.value] == nil {
            fragmentNumbers[fragment.name.value] = Int32(fragments.count)
            fragments.append(fragment)
        }
        fragmentSets = fragments.map { _ in -1 }
        var roots: [Int32] = []
        for case .operation(let operation) in context.document.definitions {
            roots.append(layOut(operation.selections, context.schema.rootType(for: operation.kind).map { .object($0) }))
        }
        for (number, fragment) in fragments.enumerated() {
            fragmentSets[number] = layOut(fragment.selections, context.compositeType(fragment.typeCondition.value))
        }
        return roots
    }

    private mutating func layOut(_ selections: [Selection], _ parent: NamedType?) -> Int32 {
        var entries: [Entry] = []
        entries.reserveCapacity(selections.count)
        for selection in selections {
            switch selection {
            case .field(let field): entries.append(.field(layOut(field, parent)))
            case .inlineFragment(let fragment):
                let type = fragment.typeCondition.map { context.compositeType($0.value) } ?? parent
                entries.append(.inline(layOut(fragment.selections, type)))
            case .fragmentSpread(let spread):
                if let number = fragmentNumbers[spread.name.value] { entries.append(.spread(number)) }
            }
        }
        sets.append(entries)
        return Int32(sets.count - 1)
    }

    private mutating func layOut(_ field: Field, _ parent: NamedType?) -> Int32 {
        let definition = parent.flatMap { context.fieldDefinition(field.name.value, of: $0) }
        var objectType: Int32 = -1
        if case .object(let object)? = parent { objectType = number(of: ObjectIdentifier(object)) }
        var selections: Int32 = -1
        if !field.selections.isEmpty {
            let type = definition?.type.namedType
            selections = layOut(field.selections, type?.isComposite == true ? type : nil)
        }
        let name = number(of: field.name.value)
        fields.append(
            FlatField(
                key: field.alias.map { number(of: $0.value) } ?? name, name: name, objectType: objectType, shape: shape(of: definition),
                arguments: field.arguments, selections: selections, position: field.position))
        return Int32(fields.count - 1)
    }

    private mutating func number(of name: String) -> Int32 {
        if let number = names[name] { return number }
        let number = Int32(names.count)
        names[name] = number
        return number
    }

    private mutating func number(of type: ObjectIdentifier) -> Int32 {
        if let number = objectTypes[type] { return number }
        let number = Int32(objectTypes.count)
        objectTypes[type] = number
        return number
    }

    private mutating func shape(of definition: FieldDefinition?) -> Int32 {
        guard let definition else { return -1 }
        let identifier = ObjectIdentifier(definition)
        if let shape = shapeOfDefinition[identifier] { return shape }
        let text = Self.shapeText(definition.type)
        let shape = shapes[text] ?? Int32(shapes.count)
        shapes[text] = shape
        shapeOfDefinition[identifier] = shape
        return shape
    }

    private static func shapeText(_ type: TypeReference) -> String {
        switch type {
        case .nonNull(let type): shapeText(type) + "!"
        case .list(let type): "[" + shapeText(type)
        case .named(let type): type.isLeaf ? type.name : ""
        }
    }

    // MARK: Checking

    private mutating func drain() -> Outcome? {
        while let next = pending.popLast() {
            var groups: [[Int32]] = []
            var keys: [Int32] = []
            round += 1
            for set in next.sets { collect(set, &groups, &keys) }
            for key in keys { groupOfKey[Int(key)] = -1 }
            if work > Self.workLimit { return .exhausted }
            for group in groups {
                if let outcome = check(group, shapesOnly: next.comparesShapesOnly) { return outcome }
            }
        }
        return nil
    }

    /// The fields of a selection set by response key, those of fragments included.
    private mutating func collect(_ root: Int32, _ groups: inout [[Int32]], _ keys: inout [Int32]) {
        var stack = [root]
        while let set = stack.popLast() {
            for entry in sets[Int(set)] {
                work += 1
                switch entry {
                case .field(let field):
                    let key = Int(fields[Int(field)].key)
                    if groupOfKey[key] < 0 {
                        groupOfKey[key] = Int32(groups.count)
                        keys.append(Int32(key))
                        groups.append([field])
                    } else {
                        groups[Int(groupOfKey[key])].append(field)
                    }
                case .inline(let set): stack.append(set)
                case .spread(let fragment):
                    guard visitedFragments[Int(fragment)] != round else { continue }
                    visitedFragments[Int(fragment)] = round
                    reachedFragments[Int(fragment)] = true
                    stack.append(fragmentSets[Int(fragment)])
                }
            }
            if work > Self.workLimit { return }
        }
    }

    private mutating func check(_ group: [Int32], shapesOnly: Bool) -> Outcome? {
        if group.count == 1 {
            let place = Int(group[0]) * 2 + (shapesOnly ? 1 : 0)
            if isChecked[place] { return nil }
            isChecked[place] = true
            let selections = fields[Int(group[0])].selections
            if selections >= 0 { pending.append(Work(sets: [selections], comparesShapesOnly: shapesOnly)) }
            return nil
        }
        guard checkedGroups.insert(group.sorted() + [shapesOnly ? 1 : 0]).inserted else { return nil }
        work += group.count
        if let outcome = compareShapes(group) { return outcome }
        if shapesOnly {
            push(group, shapesOnly: true)
            return nil
        }
        var types: [Int32] = []
        for field in group {
            let type = fields[Int(field)].objectType
            if type >= 0, !types.contains(type) { types.append(type) }
            if types.count > 1 { work += types.count }
        }
        if types.count <= 1 {
            if let outcome = compareFields(group) { return outcome }
            push(group, shapesOnly: false)
            return nil
        }
        // Fields of different object types never stand beside each other in an answer: only their shapes must agree.
        push(group, shapesOnly: true)
        for type in types {
            let together = group.filter { fields[Int($0)].objectType == type || fields[Int($0)].objectType < 0 }
            work += group.count
            if work > Self.workLimit { return .exhausted }
            if let outcome = check(together, shapesOnly: false) { return outcome }
        }
        return nil
    }

    private mutating func push(_ group: [Int32], shapesOnly: Bool) {
        let sets = group.map { fields[Int($0)].selections }.filter { $0 >= 0 }
        if !sets.isEmpty { pending.append(Work(sets: sets, comparesShapesOnly: shapesOnly)) }
    }

    private func compareShapes(_ group: [Int32]) -> Outcome? {
        guard let first = group.first(where: { fields[Int($0)].shape >= 0 }) else { return nil }
        let shape = fields[Int(first)].shape
        for field in group where fields[Int(field)].shape >= 0 && fields[Int(field)].shape != shape { return conflict(first, field) }
        return nil
    }

    private func compareFields(_ group: [Int32]) -> Outcome? {
        let first = group[0]
        let name = fields[Int(first)].name
        for field in group.dropFirst() {
            if fields[Int(field)].name != name { return conflict(first, field) }
            if !fields[Int(first)].arguments.isSame(as: fields[Int(field)].arguments) { return conflict(first, field) }
        }
        return nil
    }

    private func conflict(_ left: Int32, _ right: Int32) -> Outcome {
        .conflict(fields[Int(left)].position, fields[Int(right)].position)
    }
}

extension [Argument] {
    /// Whether both have the same arguments with the same values, in whatever order.
    func isSame(as other: [Argument]) -> Bool {
        guard count == other.count else { return false }
        return allSatisfy { argument in
            guard let match = other.first(where: { $0.name.value == argument.name.value }) else { return false }
            return match.value.isSame(as: argument.value)
        }
    }
}

extension Value {
    /// Whether both are written the same, but for the order of the members of objects. Nothing is copied: a value may be long, and
    /// be compared with many others.
    fileprivate func isSame(as other: Value) -> Bool {
        switch (self, other) {
        case (.variable(let left), .variable(let right)), (.enumeration(let left), .enumeration(let right)): left.value == right.value
        case (.int(let left, _), .int(let right, _)), (.float(let left, _), .float(let right, _)): left == right
        case (.string(let left), .string(let right)): left.isBlock == right.isBlock && left.value == right.value
        case (.boolean(let left, _), .boolean(let right, _)): left == right
        case (.null, .null): true
        case (.list(let left, _), .list(let right, _)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.object(let left, _), .object(let right, _)):
            left.count == right.count
                && zip(left.sorted { $0.name.value < $1.name.value }, right.sorted { $0.name.value < $1.name.value })
                    .allSatisfy { $0.name.value == $1.name.value && $0.value.isSame(as: $1.value) }
        default: false
        }
    }
}
