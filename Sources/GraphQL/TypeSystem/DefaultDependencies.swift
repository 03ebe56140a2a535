/// A field of an input object, compared by identity.
struct InputField: Hashable {
    let object: InputObjectType
    let definition: InputValueDefinition

    var coordinate: SchemaCoordinate { .member(type: object.name, name: definition.name) }

    static func == (left: InputField, right: InputField) -> Bool { left.definition === right.definition }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(definition)) }
}

extension InputValueDefinition {
    /// The fields whose defaults are part of this default's value: those that its literal omits.
    var defaultDependencies: [InputField] {
        var fields: [InputField] = []
        if let defaultLiteral { Self.collectDependencies(of: defaultLiteral, type, into: &fields) }
        return fields
    }

    private static func collectDependencies(of literal: Value, _ type: TypeReference, into result: inout [InputField]) {
        switch (literal, type.namedType) {
        case (.list(let values, _), _):
            guard case .list(let element) = type.nullable else { return }
            for value in values { collectDependencies(of: value, element, into: &result) }
        case (.object(let fields, _), .inputObject(let object)):
            let given = Dictionary(fields.map { ($0.name.value, $0.value) }) { first, _ in first }
            for definition in object.fields {
                if let value = given[definition.name] {
                    collectDependencies(of: value, definition.type, into: &result)
                } else if definition.defaultLiteral != nil {
                    result.append(InputField(object: object, definition: definition))
                }
            }
        default: break
        }
    }
}
