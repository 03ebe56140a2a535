/// Specification section 5.4.1.
final class KnownArgumentNamesRule: ValidationRule {
    override class var parts: Parts { .argument }

    override func enter(_ argument: Argument) {
        let name = argument.name.value
        if context.isInDirective {
            guard let directive = context.directive, !directive.arguments.contains(where: { $0.name == name }) else { return }
            let suggestion = context.suggestion(name, among: directive.arguments.map(\.name))
            context.report("Unknown argument \"\(name)\" on directive \"@\(directive.name)\".\(suggestion)", argument.position)
        } else {
            guard let field = context.field, let parent = context.parentType, field.argument(name) == nil else { return }
            let suggestion = context.suggestion(name, among: field.arguments.map(\.name))
            context.report("Unknown argument \"\(name)\" on field \"\(parent.name).\(field.name)\".\(suggestion)", argument.position)
        }
    }
}
