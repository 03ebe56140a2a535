/// Specification section 5.7.3.
final class UniqueDirectivesPerLocationRule: ValidationRule {
    override class var parts: Parts { .directive }

    override func enter(_ directives: [Directive], at location: DirectiveLocation) {
        guard directives.count > 1 else { return }
        var known: [String: SourcePosition] = [:]
        for directive in directives {
            let name = directive.name.value
            guard let definition = context.schema.directive(name), !definition.isRepeatable else { continue }
            if let first = known[name] {
                context.report("The directive \"@\(name)\" can only be used once at this location.", first, directive.position)
            } else {
                known[name] = directive.position
            }
        }
    }
}
