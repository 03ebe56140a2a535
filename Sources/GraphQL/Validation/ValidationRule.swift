/// A rule of executable documents. Specification section 5. The validator walks a document once and calls all rules; a
/// rule overrides what it needs. `context` has the position of the walk.
class ValidationRule {
    /// The frequent parts of a document. A rule is called only for those it names, and for all other parts.
    struct Parts: OptionSet {
        let rawValue: Int

        static let field = Parts(rawValue: 1)
        static let fieldEnd = Parts(rawValue: 2)
        static let spread = Parts(rawValue: 4)
        static let inlineFragment = Parts(rawValue: 8)
        static let directive = Parts(rawValue: 16)
        static let argument = Parts(rawValue: 32)
        static let value = Parts(rawValue: 64)
        static let typeName = Parts(rawValue: 128)
    }

    class var parts: Parts { [] }

    let context: ValidationContext

    required init(_ context: ValidationContext) { self.context = context }

    func enter(_ document: Document) {}
    func leave(_ document: Document) {}
    func enter(_ operation: OperationDefinition) {}
    func leave(_ operation: OperationDefinition) {}
    func enter(_ fragment: FragmentDefinition) {}
    func enter(_ variable: VariableDefinition) {}
    func enter(_ field: Field) {}
    func leave(_ field: Field) {}
    func enter(_ spread: FragmentSpread) {}
    func enter(_ fragment: InlineFragment) {}
    /// All directives at one location.
    func enter(_ directives: [Directive], at location: DirectiveLocation) {}
    func enter(_ directive: Directive, at location: DirectiveLocation) {}
    /// The arguments of a field or directive.
    func enter(_ arguments: [Argument]) {}
    func enter(_ argument: Argument) {}
    /// The value of an argument or a default; not the values within it.
    func enter(_ value: Value, for type: TypeReference?) {}
    func enter(typeName: Name) {}
}
