/// Specification sections 5.7.1 and 5.7.2.
final class KnownDirectivesRule: ValidationRule {
    override class var parts: Parts { .directive }

    override func enter(_ directive: Directive, at location: DirectiveLocation) {
        let name = directive.name.value
        guard let definition = context.directive else {
            context.report("Unknown directive \"@\(name)\".", directive.position)
            return
        }
        if !definition.locations.contains(location.rawValue) {
            context.report("Directive \"@\(name)\" may not be used on \(location.rawValue).", directive.position)
        }
    }
}
