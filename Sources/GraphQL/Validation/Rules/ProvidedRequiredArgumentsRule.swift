/// Specification section 5.4.2.1.
final class ProvidedRequiredArgumentsRule: ValidationRule {
    override class var parts: Parts { [.fieldEnd, .directive] }

    override func leave(_ field: Field) {
        for argument in context.field?.arguments ?? [] where argument.isRequired {
            guard !field.arguments.contains(where: { $0.name.value == argument.name }) else { continue }
            context.report(
                "Field \"\(field.name.value)\" argument \"\(argument.name)\" of type \"\(argument.type)\" is required, but it was not provided.",
                field.position)
        }
    }

    override func enter(_ directive: Directive, at location: DirectiveLocation) {
        for argument in context.directive?.arguments ?? [] where argument.isRequired {
            guard !directive.arguments.contains(where: { $0.name.value == argument.name }) else { continue }
            context.report(
                "Directive \"@\(directive.name.value)\" argument \"\(argument.name)\" of type \"\(argument.type)\" is required, but it was not provided.",
                directive.position)
        }
    }
}
