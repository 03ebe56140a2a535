/// Specification section 5.3.1.
final class FieldsOnCorrectTypeRule: ValidationRule {
    override class var parts: Parts { .field }

    override func enter(_ field: Field) {
        guard let type = context.parentType, context.field == nil else { return }
        let name = field.name.value
        var suggestion = context.suggestion(for: types(with: name, below: type), of: "to use an inline fragment on")
        if suggestion.isEmpty { suggestion = context.suggestion(name, among: fieldNames(of: type)) }
        context.report("Cannot query field \"\(name)\" on type \"\(type.name)\".\(suggestion)", field.position)
    }

    private func fieldNames(of type: NamedType) -> [String] {
        switch type {
        case .object(let type): type.fields.map(\.name)
        case .interface(let type): type.fields.map(\.name)
        default: []
        }
    }

    /// The possible types of an abstract type that have the field: interfaces that many implement first.
    private func types(with field: String, below type: NamedType) -> [String] {
        guard type.isAbstract else { return [] }
        var found: [(type: NamedType, count: Int)] = []
        for object in context.schema.possibleTypes(of: type) where object.field(field) != nil {
            found.append((.object(object), 1))
            for interface in object.interfaces where interface.field(field) != nil {
                if let index = found.firstIndex(where: { $0.type.name == interface.name }) {
                    found[index].count += 1
                } else {
                    found.append((.interface(interface), 1))
                }
            }
        }
        // The order is not a strict weak ordering, so the algorithm is part of the result: a binary insertion sort.
        var sorted: [(type: NamedType, count: Int)] = []
        for element in found {
            var range = sorted.startIndex..<sorted.endIndex
            while !range.isEmpty {
                let middle = range.lowerBound + range.count / 2
                range = precedes(element, sorted[middle]) ? range.lowerBound..<middle : middle + 1..<range.upperBound
            }
            sorted.insert(element, at: range.lowerBound)
        }
        return sorted.map(\.type.name)
    }

    private func precedes(_ left: (type: NamedType, count: Int), _ right: (type: NamedType, count: Int)) -> Bool {
        if left.count != right.count { return left.count > right.count }
        if case .interface(let interface) = left.type, isSubtype(right.type, of: interface) { return true }
        if case .interface(let interface) = right.type, isSubtype(left.type, of: interface) { return false }
        return Suggestions.naturallyPrecedes(left.type.name, right.type.name)
    }

    private func isSubtype(_ type: NamedType, of interface: InterfaceType) -> Bool {
        switch type {
        case .object(let type): type.interfaces.contains { $0 === interface }
        case .interface(let type): type.interfaces.contains { $0 === interface }
        default: false
        }
    }
}
