/// Specification section 5.8.2.
final class VariablesAreInputTypesRule: ValidationRule {
    override func enter(_ variable: VariableDefinition) {
        guard let type = context.schema.reference(variable.type), !type.namedType.isInput else { return }
        context.report(
            "Variable \"$\(variable.variable.value)\" cannot be non-input type \"\(DocumentPrinter.text(variable.type))\".",
            variable.type.position)
    }
}
