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
        var found: [String] = []
        var interfaces: [(type: InterfaceType, count: Int)] = []
        for object in context.schema.possibleTypes(of: type) where object.field(field) != nil {
            found.append(object.name)
            for interface in object.interfaces where interface.field(field) != nil {
                if let index = interfaces.firstIndex(where: { $0.type === interface }) {
                    interfaces[index].count += 1
                } else {
                    interfaces.append((interface, 1))
                }
            }
        }
        interfaces.sort { left, right in
            if left.count != right.count { return left.count > right.count }
            if right.type.interfaces.contains(where: { $0 === left.type }) { return true }
            if left.type.interfaces.contains(where: { $0 === right.type }) { return false }
            return Suggestions.naturallyPrecedes(left.type.name, right.type.name)
        }
        return interfaces.map(\.type.name) + found.sorted(by: Suggestions.naturallyPrecedes)
    }
}
