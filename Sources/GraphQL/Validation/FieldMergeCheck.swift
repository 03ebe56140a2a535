/// Checks whether all fields of each response key can be merged, in time linear in the document rather than in pairs of
/// fields. Specification section 5.3.2, "FieldsInSetCanMerge" and "SameResponseShape".
///
/// Instead of comparing each field with each other one, the fields of a response key are compared with the first:
/// having the same name, arguments and shape is an equivalence. Their selections are then checked as one merged
/// selection set. A group of fields is checked once, however many paths lead to it. The check compares the document
/// layout's numbers and keeps its own stack, so that no chain of fragments is too long.
struct FieldMergeCheck {
    enum Outcome {
        case mergeable
        /// Two conflicting fields.
        case conflict([SourcePosition])
        /// The work limit was reached first.
        case exhausted
    }

    /// The most fields visited.
    static let workLimit = 1_000_000

    private struct Work {
        let sets: [Int32]
        let comparesShapesOnly: Bool
    }

    /// The fields of a merged selection set by response key: the first of each, and the others, if any.
    private struct Groups {
        var first: [Int32] = []
        var others: [Int: [Int32]] = [:]
    }

    private let layout: DocumentLayout
    private var pending: [Work] = []
    private var isChecked: [Bool]
    private var checkedGroups: Set<[Int32]> = []
    private var groupOfKey: [Int32]
    private var visitedFragments: [Int32]
    private var reachedFragments: [Bool]
    private var round: Int32 = 0
    private var work = 0

    init(_ layout: DocumentLayout) {
        self.layout = layout
        groupOfKey = [Int32](repeating: -1, count: layout.keys.count)
        visitedFragments = [Int32](repeating: 0, count: layout.fragments.count)
        reachedFragments = [Bool](repeating: false, count: layout.fragments.count)
        isChecked = [Bool](repeating: false, count: layout.entries.count * 2)
    }

    mutating func run() -> Outcome {
        for root in layout.operationSets {
            pending.append(Work(sets: [root], comparesShapesOnly: false))
            if let outcome = drain() { return outcome }
        }
        for (number, set) in layout.fragmentSets.enumerated() where !reachedFragments[number] {
            pending.append(Work(sets: [set], comparesShapesOnly: false))
            if let outcome = drain() { return outcome }
        }
        return .mergeable
    }

    // MARK: Checking

    private mutating func drain() -> Outcome? {
        while let next = pending.popLast() {
            var groups = Groups()
            round += 1
            for set in next.sets { collect(set, &groups) }
            for field in groups.first { groupOfKey[key(of: field)] = -1 }
            if work > Self.workLimit { return .exhausted }
            for (place, field) in groups.first.enumerated() {
                if let others = groups.others[place] {
                    if let outcome = check([field] + others, shapesOnly: next.comparesShapesOnly) { return outcome }
                } else {
                    checkAlone(field, shapesOnly: next.comparesShapesOnly)
                }
            }
        }
        return nil
    }

    /// The fields of a selection set by response key, those of fragments included.
    private mutating func collect(_ root: Int32, _ groups: inout Groups) {
        var stack = [root]
        while let set = stack.popLast() {
            for entry in layout.sets[Int(set)] {
                work += 1
                switch entry {
                case .field(let field):
                    let key = key(of: field)
                    if groupOfKey[key] < 0 {
                        groupOfKey[key] = Int32(groups.first.count)
                        groups.first.append(field)
                    } else {
                        groups.others[Int(groupOfKey[key]), default: []].append(field)
                    }
                case .inline(let set): stack.append(set)
                case .spread(let fragment):
                    guard visitedFragments[Int(fragment)] != round else { continue }
                    visitedFragments[Int(fragment)] = round
                    reachedFragments[Int(fragment)] = true
                    stack.append(layout.fragmentSets[Int(fragment)])
                }
            }
            if work > Self.workLimit { return }
        }
    }

    private mutating func checkAlone(_ field: Int32, shapesOnly: Bool) {
        let place = Int(field) * 2 + (shapesOnly ? 1 : 0)
        if isChecked[place] { return }
        isChecked[place] = true
        let set = selections(of: field)
        if set >= 0 { pending.append(Work(sets: [set], comparesShapesOnly: shapesOnly)) }
    }

    private mutating func check(_ group: [Int32], shapesOnly: Bool) -> Outcome? {
        if group.count == 1 {
            checkAlone(group[0], shapesOnly: shapesOnly)
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
            let type = objectType(of: field)
            if type >= 0, !types.contains(type) { types.append(type) }
            if types.count > 1 { work += types.count }
        }
        if types.count <= 1 {
            if let outcome = compareFields(group) { return outcome }
            push(group, shapesOnly: false)
            return nil
        }
        // Fields of different object types never occur together in a response: only their shapes must agree.
        push(group, shapesOnly: true)
        for type in types {
            let together = group.filter { objectType(of: $0) == type || objectType(of: $0) < 0 }
            work += group.count
            if work > Self.workLimit { return .exhausted }
            if let outcome = check(together, shapesOnly: false) { return outcome }
        }
        return nil
    }

    private mutating func push(_ group: [Int32], shapesOnly: Bool) {
        let sets = group.map(selections).filter { $0 >= 0 }
        if !sets.isEmpty { pending.append(Work(sets: sets, comparesShapesOnly: shapesOnly)) }
    }

    private func compareShapes(_ group: [Int32]) -> Outcome? {
        guard let first = group.first(where: { shape(of: $0) >= 0 }) else { return nil }
        let expected = shape(of: first)
        for field in group where shape(of: field) >= 0 && shape(of: field) != expected { return conflict(first, field) }
        return nil
    }

    private func compareFields(_ group: [Int32]) -> Outcome? {
        let first = field(group[0])
        for number in group.dropFirst() {
            let other = field(number)
            if other?.name.value != first?.name.value { return conflict(group[0], number) }
            if let first, let other, !first.arguments.isSame(as: other.arguments) { return conflict(group[0], number) }
        }
        return nil
    }

    private func conflict(_ left: Int32, _ right: Int32) -> Outcome {
        .conflict([left, right].compactMap { field($0)?.position })
    }

    // MARK: The layout

    private func field(_ number: Int32) -> Field? { layout.entries[Int(number)]?.field.takeUnretainedValue() }

    private func key(of number: Int32) -> Int { Int(layout.entries[Int(number)]?.key ?? 0) }

    private func selections(of number: Int32) -> Int32 { layout.entries[Int(number)]?.selections ?? -1 }

    private func objectType(of number: Int32) -> Int32 { layout.entries[Int(number)]?.objectType ?? -1 }

    /// −1 if the field is unknown.
    private func shape(of number: Int32) -> Int32 {
        layout.entries[Int(number)]?.definition?.takeUnretainedValue().shape ?? -1
    }
}

extension [Argument] {
    /// Whether both have the same arguments with the same values, in any order.
    func isSame(as other: [Argument]) -> Bool {
        guard count == other.count else { return false }
        return allSatisfy { argument in
            guard let match = other.first(where: { $0.name.value == argument.name.value }) else { return false }
            return match.value.isSame(as: argument.value)
        }
    }
}

extension Value {
    /// Whether both are written the same, except for the order of object members. Nothing is copied: a value may be
    /// long, and be compared with many others.
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
