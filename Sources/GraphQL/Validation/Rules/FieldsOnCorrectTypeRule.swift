/// Specification section 5.3.1.
final class FieldsOnCorrectTypeRule: ValidationRule {
    override func enter(_ field: Field) {
        guard let type = context.parentType, context.field == nil else { return }
        let name = field.name.value
        var suggestion = Suggestions.sentence(for: types(with: name, below: type), of: "to use an inline fragment on")
        if suggestion.isEmpty { suggestion = Suggestions.sentence(name, among: fieldNames(of: type)) }
        context.report("Cannot query field \"\(name)\" on type \"\(type.name)\".\(suggestion)", field.position)
    }

    private func fieldNames(of type: NamedType) -> [String] {
        switch type {
        case .object(let type): type.fields.map(\.name)
        case .interface(let type): type.fields.map(\.name)
        default: []
        }
    }

    /// The types that an abstract type can be and that have the field: interfaces that many implement first.
    private func types(with field: String, below type: NamedType) -> [String] {
        guard type.isAbstract else { return [] }
        var candidates: [Candidate] = []
        for object in context.schema.possibleTypes(of: type) where object.field(field) != nil {
            candidates.append(Candidate(name: object.name, interface: nil, interfaces: object.interfaces, count: 1))
            for interface in object.interfaces where interface.field(field) != nil {
                if let index = candidates.firstIndex(where: { $0.interface === interface }) {
                    candidates[index].count += 1
                } else {
                    candidates.append(Candidate(name: interface.name, interface: interface, interfaces: interface.interfaces, count: 1))
                }
            }
        }
        // The order is not transitive, so that the way of sorting matters: it is the one that JavaScript's engines take for few values.
        var sorted: [Candidate] = []
        for candidate in candidates {
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                if precedes(candidate, sorted[middle]) { high = middle } else { low = middle + 1 }
            }
            sorted.insert(candidate, at: low)
        }
        return sorted.map(\.name)
    }

    private struct Candidate {
        let name: String
        let interface: InterfaceType?
        let interfaces: [InterfaceType]
        var count: Int
    }

    private func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
        if left.count != right.count { return left.count > right.count }
        if let interface = left.interface, right.interfaces.contains(where: { $0 === interface }) { return true }
        if let interface = right.interface, left.interfaces.contains(where: { $0 === interface }) { return false }
        return Suggestions.naturallyPrecedes(left.name, right.name)
    }
}
