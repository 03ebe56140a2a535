/// Specification section 5.4.2.
final class UniqueArgumentNamesRule: ValidationRule {
    override class var parts: Parts { .argument }

    override func enter(_ arguments: [Argument]) {
        DuplicateNames.report(arguments.map(\.name)) { name, positions in
            context.report("There can be only one argument named \"\(name)\".", at: positions)
        }
    }
}
