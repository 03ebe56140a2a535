/// Fields with the same response key must be mergeable. Specification section 5.3.2.
///
/// `FieldMergeCheck` determines in near-linear time whether there is a conflict at all. Only then are pairs of fields
/// compared as graphql-js does, so that conflicts read the same. Pairs of fragments are compared once, equal leaf
/// fields of one selection set count once, and the work is bounded.
final class OverlappingFieldsCanBeMergedRule: ValidationRule {
    override class var parts: Parts { [.field, .inlineFragment] }

    /// The most pairs of fields compared to describe the conflicts of one document.
    static let workLimit = 10_000

    private struct Entry {
        let parent: NamedType?
        let field: Field
        let definition: FieldDefinition?
    }

    private final class FieldMap {
        var keys: [String] = []
        var entries: [String: [Entry]] = [:]
        var fragments: [String] = []
    }

    private struct Conflict {
        let key: String
        let reason: String
        let left: [SourcePosition]
        let right: [SourcePosition]
    }

    private struct Pair: Hashable {
        let left: String
        let right: String
        let isExclusive: Bool
    }

    private struct MapPair: Hashable {
        let map: ObjectIdentifier
        let fragment: String
        let isExclusive: Bool
    }

    private var maps: [SourcePosition: FieldMap] = [:]
    private var comparedFragments: Set<Pair> = []
    private var comparedMaps: Set<MapPair> = []
    private var work = 0
    private var isExhausted = false
    private var hasConflict = false
    private var hasReported = false
    private var example: [SourcePosition] = []

    override func enter(_ document: Document) {
        var check = FieldMergeCheck(context.layout)
        switch check.run() {
        case .mergeable: break
        case .conflict(let positions):
            hasConflict = true
            example = positions
        case .exhausted:
            context.report("Document has too many overlapping fields. Validation aborted.", at: [])
        }
    }

    override func enter(_ operation: OperationDefinition) {
        check(operation.selections, context.schema.rootType(for: operation.kind).map { .object($0) })
    }

    override func enter(_ fragment: FragmentDefinition) {
        guard hasConflict else { return }
        check(fragment.selections, context.compositeType(fragment.typeCondition))
    }

    override func enter(_ fragment: InlineFragment) {
        guard hasConflict else { return }
        let type = fragment.typeCondition.map { context.compositeType($0) } ?? context.parentType
        check(fragment.selections, type)
    }

    override func enter(_ field: Field) {
        if hasConflict, !field.selections.isEmpty { check(field.selections, composite(context.field)) }
    }

    private func composite(_ field: FieldDefinition?) -> NamedType? {
        guard let type = field?.type.namedType, type.isComposite else { return nil }
        return type
    }

    private func check(_ selections: [Selection], _ parent: NamedType?) {
        guard hasConflict, !isExhausted else { return }
        var conflicts: [Conflict] = []
        let map = fieldMap(selections, parent)
        for key in map.keys {
            guard let entries = map.entries[key], entries.count > 1 else { continue }
            for left in entries.indices {
                for right in entries.index(after: left)..<entries.endIndex {
                    if isExhausted { break }
                    if let conflict = conflict(key, entries[left], entries[right], false) { conflicts.append(conflict) }
                }
            }
        }
        for (index, fragment) in map.fragments.enumerated() {
            collect(&conflicts, map, fragment, false)
            for other in map.fragments[(index + 1)...] { collect(&conflicts, fragment, other, false) }
        }
        for conflict in conflicts {
            hasReported = true
            context.report(
                "Fields \"\(conflict.key)\" conflict because \(conflict.reason). Use different aliases on the fields to fetch both if this was intentional.",
                at: conflict.left + conflict.right)
        }
        if isExhausted, !hasReported {
            context.report("Fields conflict: they have one response key, but cannot be merged. Use different aliases.", at: example)
        }
    }

    // MARK: Fields and fragments of a selection set

    private func fieldMap(_ selections: [Selection], _ parent: NamedType?) -> FieldMap {
        guard let position = selections.first?.position else { return FieldMap() }
        if let map = maps[position] { return map }
        let map = FieldMap()
        maps[position] = map
        var fragments: Set<String> = []
        add(selections, parent, to: map, &fragments)
        return map
    }

    private func add(_ selections: [Selection], _ parent: NamedType?, to map: FieldMap, _ fragments: inout Set<String>) {
        for selection in selections {
            switch selection {
            case .field(let field):
                let definition = context.layout.definition(of: field)
                let key = field.responseKey
                if map.entries[key] == nil { map.keys.append(key) }
                if field.selections.isEmpty, field.arguments.isEmpty, let last = map.entries[key]?.last, last.field.selections.isEmpty,
                    last.field.arguments.isEmpty, last.field.name.value == field.name.value, last.definition === definition
                {
                    continue
                }
                map.entries[key, default: []].append(Entry(parent: parent, field: field, definition: definition))
            case .fragmentSpread(let spread):
                if fragments.insert(spread.name.value).inserted { map.fragments.append(spread.name.value) }
            case .inlineFragment(let fragment):
                let type = fragment.typeCondition.map { context.compositeType($0) } ?? parent
                add(fragment.selections, type, to: map, &fragments)
            }
        }
    }

    private func fieldMap(ofFragment name: String) -> FieldMap? {
        context.layout.fragments.first { $0.name.value == name }.map { fieldMap($0.selections, context.compositeType($0.typeCondition)) }
    }

    // MARK: Comparing

    private func collect(_ conflicts: inout [Conflict], _ map: FieldMap, _ fragment: String, _ isExclusive: Bool) {
        guard !map.keys.isEmpty else { return }
        var pending = [fragment]
        var seen: Set<String> = [fragment]
        while let name = pending.popLast(), !isExhausted {
            guard comparedMaps.insert(MapPair(map: ObjectIdentifier(map), fragment: name, isExclusive: isExclusive)).inserted,
                let other = fieldMap(ofFragment: name), other !== map
            else { continue }
            spend()
            collect(&conflicts, map, other, isExclusive)
            for next in other.fragments.reversed() where seen.insert(next).inserted { pending.append(next) }
        }
    }

    private func collect(_ conflicts: inout [Conflict], _ left: String, _ right: String, _ isExclusive: Bool) {
        var pending = [(left, right)]
        while let (left, right) = pending.popLast(), !isExhausted {
            guard left != right else { continue }
            let pair = Pair(left: min(left, right), right: max(left, right), isExclusive: isExclusive)
            let wider = Pair(left: pair.left, right: pair.right, isExclusive: false)
            guard !comparedFragments.contains(wider), comparedFragments.insert(pair).inserted,
                let first = fieldMap(ofFragment: left), let second = fieldMap(ofFragment: right)
            else { continue }
            spend()
            collect(&conflicts, first, second, isExclusive)
            pending += first.fragments.reversed().map { ($0, right) }
            pending += second.fragments.reversed().map { (left, $0) }
        }
    }

    private func collect(_ conflicts: inout [Conflict], _ left: FieldMap, _ right: FieldMap, _ isExclusive: Bool) {
        for key in left.keys {
            guard let lefts = left.entries[key], let rights = right.entries[key] else { continue }
            for left in lefts {
                for right in rights {
                    if isExhausted { return }
                    if let conflict = conflict(key, left, right, isExclusive) { conflicts.append(conflict) }
                }
            }
        }
    }

    private func spend() {
        work += 1
        if work > Self.workLimit { isExhausted = true }
    }

    private func conflict(_ key: String, _ left: Entry, _ right: Entry, _ isParentExclusive: Bool) -> Conflict? {
        spend()
        var isExclusive = isParentExclusive
        if !isExclusive, case .object(let first)? = left.parent, case .object(let second)? = right.parent {
            isExclusive = first !== second
        }
        func found(_ reason: String) -> Conflict {
            Conflict(key: key, reason: reason, left: [left.field.position], right: [right.field.position])
        }
        if !isExclusive {
            let (first, second) = (left.field.name.value, right.field.name.value)
            if first != second { return found("\"\(first)\" and \"\(second)\" are different fields") }
            if !left.field.arguments.isSame(as: right.field.arguments) { return found("they have differing arguments") }
        }
        if let first = left.definition?.type, let second = right.definition?.type, differ(first, second) {
            return found("they return conflicting types \"\(first)\" and \"\(second)\"")
        }
        guard !left.field.selections.isEmpty, !right.field.selections.isEmpty else { return nil }
        let inner = subfieldConflicts(left, right, isExclusive)
        guard !inner.isEmpty else { return nil }
        return Conflict(
            key: key,
            reason: inner.map { "subfields \"\($0.key)\" conflict because \($0.reason)" }.joined(separator: " and "),
            left: [left.field.position] + inner.flatMap(\.left), right: [right.field.position] + inner.flatMap(\.right))
    }

    private func subfieldConflicts(_ left: Entry, _ right: Entry, _ isExclusive: Bool) -> [Conflict] {
        var conflicts: [Conflict] = []
        let first = fieldMap(left.field.selections, composite(left.definition))
        let second = fieldMap(right.field.selections, composite(right.definition))
        collect(&conflicts, first, second, isExclusive)
        for fragment in second.fragments { collect(&conflicts, first, fragment, isExclusive) }
        for fragment in first.fragments { collect(&conflicts, second, fragment, isExclusive) }
        for fragment in first.fragments {
            for other in second.fragments { collect(&conflicts, fragment, other, isExclusive) }
        }
        return conflicts
    }

    private func differ(_ left: TypeReference, _ right: TypeReference) -> Bool {
        switch (left, right) {
        case (.list(let left), .list(let right)), (.nonNull(let left), .nonNull(let right)): differ(left, right)
        case (.named(let left), .named(let right)): (left.isLeaf || right.isLeaf) && left.name != right.name
        default: true
        }
    }
}
