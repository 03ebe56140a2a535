extension Schema {
    /// The fields that types have without defining them: `__typename`, and on the query type `__schema` and `__type`.
    /// Specification section 4.
    public func introspectionField(_ name: String, of type: NamedType) -> FieldDefinition? {
        guard name.hasPrefix("__"), type.isComposite else { return nil }
        if name == "__typename" { return typenameField }
        guard case .object(let object) = type, object === queryType else { return nil }
        switch name {
        case "__schema": return schemaField
        case "__type": return typeField
        default: return nil
        }
    }
}
