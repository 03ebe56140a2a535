/// Coerces the defaults of arguments and input fields to their types. Specification section 3.12.
struct DefaultCoercion {
    /// Whose defaults were looked at. One that contains itself is left without a value; the schema's validation reports it.
    private var visited: Set<ObjectIdentifier> = []

    /// Gives `definition` its default's value, or none when the literal is no value of the type.
    mutating func coerce(_ definition: InputValueDefinition) {
        guard let literal = definition.defaultLiteral, visited.insert(ObjectIdentifier(definition)).inserted else { return }
        coerceDefaults(within: literal, definition.type)
        definition.defaultValue = (try? LiteralCoercion.coerce(literal, to: definition.type, variables: InputObject())) ?? nil
    }

    /// Coerces first what comes into `literal` by the defaults of fields that it leaves out.
    private mutating func coerceDefaults(within literal: Value, _ type: TypeReference) {
        switch (literal, type.namedType) {
        case (.list(let values, _), _):
            guard case .list(let element) = type.nullable else { return }
            for value in values { coerceDefaults(within: value, element) }
        case (.object(let fields, _), .inputObject(let object)):
            for definition in object.fields {
                if let field = fields.first(where: { $0.name.value == definition.name }) {
                    coerceDefaults(within: field.value, definition.type)
                } else {
                    coerce(definition)
                }
            }
        default: break
        }
    }
}
