/// Finds the deprecated elements of a schema that a document uses. Specification section 3.13.3.
public enum DeprecatedUsage {
    /// What is deprecated, why, and where it is used.
    public struct Finding: Sendable {
        public let coordinate: SchemaCoordinate
        public let reason: String
        public let location: GraphQLError.Location
    }

    /// Fields, arguments, input fields and enum values of a valid document, in its order.
    public static func find(in document: Document, source: [UInt8], schema: Schema) -> [Finding] {
        let context = ValidationContext(schema: schema, document: document, source: source, limit: 0, suggests: false)
        let collector = Collector(context)
        ValidationWalker(context: context, rules: [collector]).walk()
        let locator = SourceLocator(source)
        return collector.found.map { found in
            Finding(coordinate: found.coordinate, reason: found.reason, location: locator.location(of: found.position))
        }
    }

    private final class Collector: ValidationRule {
        override class var parts: Parts { [.field, .argument, .value] }

        var found: [(coordinate: SchemaCoordinate, reason: String, position: SourcePosition)] = []

        private func note(_ coordinate: SchemaCoordinate, _ reason: String?, _ position: SourcePosition) {
            if let reason { found.append((coordinate, reason, position)) }
        }

        override func enter(_ field: Field) {
            guard let definition = context.field, let parent = context.parentType else { return }
            note(.member(type: parent.name, name: definition.name), definition.deprecationReason, field.position)
        }

        override func enter(_ argument: Argument) {
            let name = argument.name.value
            if context.isInDirective {
                guard let directive = context.directive else { return }
                let definition = directive.arguments.first { $0.name == name }
                note(.directiveArgument(directive: directive.name, name: name), definition?.deprecationReason, argument.position)
            } else if let field = context.field, let parent = context.parentType {
                let coordinate = SchemaCoordinate.argument(type: parent.name, field: field.name, name: name)
                note(coordinate, field.argument(name)?.deprecationReason, argument.position)
            }
        }

        override func enter(_ value: Value, for type: TypeReference?) {
            if let type { visit(value, type) }
        }

        private func visit(_ value: Value, _ type: TypeReference) {
            switch (value, type.namedType) {
            case (.list(let values, _), _):
                guard case .list(let element) = type.nullable else { return }
                for value in values { visit(value, element) }
            case (.object(let fields, _), .inputObject(let object)):
                for field in fields {
                    guard let definition = object.field(field.name.value) else { continue }
                    note(.member(type: object.name, name: definition.name), definition.deprecationReason, field.position)
                    visit(field.value, definition.type)
                }
            case (.enumeration(let name), .enumeration(let enumeration)):
                note(.member(type: enumeration.name, name: name.value), enumeration.value(name.value)?.deprecationReason, name.position)
            default: break
            }
        }
    }
}
