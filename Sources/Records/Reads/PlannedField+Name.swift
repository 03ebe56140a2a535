package import GraphQL

extension PlannedField {
    /// What the field's statement is called in logs, metrics and golden files.
    package var statementName: String { "\(parentType.name).\(definition.name)" }
}
