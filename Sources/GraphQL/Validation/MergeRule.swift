/// Fields with the same response key must be mergeable. Specification section 5.3.2, "Field Selection Merging".
///
/// Instead of every pair, groups are compared with their first member, once for the shape of the response and once for what is
/// asked of each object type; both relations carry over from one pair to the next. The work is bounded all the same.
final class MergeRule {
    private let context: ValidationContext
    private var budget = 200_000

    private struct FieldReference {
        let node: Field
        let parent: NamedType
        let definition: FieldDefinition
    }

    init(_ context: ValidationContext) { self.context = context }

    func check() {
        for operation in context.operations {
            guard let root = context.schema.rootType(for: operation.kind) else { continue }
            let fields = collect([(operation.selections, .object(root))])
            checkShapes(fields)
            checkSameFields(fields)
        }
        if budget <= 0 {
            context.report(
                "The document's selections are too intricate to be checked.", at: SourcePosition(offset: 0), code: .limitExceeded,
                limit: 200_000)
        }
    }

    private func collect(_ sets: [(selections: [Selection], type: NamedType)]) -> [FieldReference] {
        var fields: [FieldReference] = []
        var visited: Set<String> = []
        for set in sets { collect(set.selections, set.type, &fields, &visited) }
        return fields
    }

    private func collect(_ selections: [Selection], _ type: NamedType, _ fields: inout [FieldReference], _ visited: inout Set<String>) {
        for selection in selections {
            budget -= 1
            if budget <= 0 { return }
            switch selection {
            case .field(let node):
                if let definition = context.schema.fieldDefinition(node.name.value, of: type) {
                    fields.append(FieldReference(node: node, parent: type, definition: definition))
                }
            case .inlineFragment(let fragment):
                collect(fragment.selections, fragment.typeCondition.flatMap { context.schema.type($0.value) } ?? type, &fields, &visited)
            case .fragmentSpread(let spread):
                guard visited.insert(spread.name.value).inserted, let fragment = context.fragments[spread.name.value],
                    let condition = context.schema.type(fragment.typeCondition.value)
                else { continue }
                collect(fragment.selections, condition, &fields, &visited)
            }
        }
    }

    private func groups(_ fields: [FieldReference]) -> [[FieldReference]] {
        var order: [String] = []
        var groups: [String: [FieldReference]] = [:]
        for field in fields {
            let key = field.node.responseKey
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(field)
        }
        return order.compactMap { groups[$0] }
    }

    private func children(_ group: [FieldReference]) -> [FieldReference] {
        collect(group.filter { !$0.node.selections.isEmpty }.map { ($0.node.selections, $0.definition.type.namedType) })
    }

    /// "SameResponseShape", whatever the object types.
    private func checkShapes(_ fields: [FieldReference]) {
        for group in groups(fields) where budget > 0 {
            if group.count > 1 {
                for other in group.dropFirst() where !haveSameShape(group[0].definition.type, other.definition.type) {
                    report(
                        group[0], other,
                        "they return conflicting types \"\(group[0].definition.type)\" and \"\(other.definition.type)\"")
                }
            }
            checkShapes(children(group))
        }
    }

    private func haveSameShape(_ first: TypeReference, _ second: TypeReference) -> Bool {
        switch (first, second) {
        case (.nonNull(let first), .nonNull(let second)), (.list(let first), .list(let second)): haveSameShape(first, second)
        case (.named(let first), .named(let second)):
            first.isLeaf || second.isLeaf ? first.name == second.name : first.isComposite && second.isComposite
        default: false
        }
    }

    /// Fields that one object can have both of ask for the same.
    private func checkSameFields(_ fields: [FieldReference]) {
        for group in groups(fields) where budget > 0 {
            for subgroup in overlapping(group) {
                for other in subgroup.dropFirst() {
                    if other.node.name.value != subgroup[0].node.name.value {
                        report(
                            subgroup[0], other,
                            "\"\(subgroup[0].node.name.value)\" and \"\(other.node.name.value)\" are different fields")
                    } else if !haveSameArguments(subgroup[0].node, other.node) {
                        report(subgroup[0], other, "they have differing arguments")
                    }
                }
                checkSameFields(children(subgroup))
            }
        }
    }

    /// Fields of different object types never meet; those of abstract types meet all.
    private func overlapping(_ group: [FieldReference]) -> [[FieldReference]] {
        var abstract: [FieldReference] = []
        var concrete: [String: [FieldReference]] = [:]
        var order: [String] = []
        for field in group {
            if field.parent.isAbstract {
                abstract.append(field)
            } else {
                if concrete[field.parent.name] == nil { order.append(field.parent.name) }
                concrete[field.parent.name, default: []].append(field)
            }
        }
        if order.isEmpty { return [abstract] }
        return order.map { (concrete[$0] ?? []) + abstract }
    }

    private func haveSameArguments(_ first: Field, _ second: Field) -> Bool {
        guard first.arguments.count == second.arguments.count else { return false }
        return first.arguments.allSatisfy { argument in
            second.arguments.contains {
                $0.name.value == argument.name.value && ValueText.canonical($0.value) == ValueText.canonical(argument.value)
            }
        }
    }

    private func report(_ first: FieldReference, _ second: FieldReference, _ reason: String) {
        context.report(
            "Fields \"\(first.node.responseKey)\" conflict because \(reason). Use different aliases on the fields to fetch both if this was intentional.",
            at: first.node.position, second.node.position)
    }
}

extension ValueText {
    /// A literal with the members of its objects in order.
    static func canonical(_ value: Value) -> String {
        switch value {
        case .object(let fields, _):
            "{" + fields.sorted { $0.name.value < $1.name.value }.map { "\($0.name.value):\(canonical($0.value))" }.joined(separator: ",")
                + "}"
        case .list(let values, _): "[" + values.map(canonical).joined(separator: ",") + "]"
        default: of(value)
        }
    }
}
