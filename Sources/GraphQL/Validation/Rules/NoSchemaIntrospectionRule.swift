/// Nothing may be asked about the schema: for services that keep it to themselves. `__typename` is no such question.
final class NoSchemaIntrospectionRule: ValidationRule {
    override class var parts: Parts { .field }

    override func enter(_ field: Field) {
        let name = field.name.value
        guard name == "__schema" || name == "__type" else { return }
        context.report(
            "GraphQL introspection has been disabled, but the requested query contained the field \"\(name)\".", field.position)
    }
}
