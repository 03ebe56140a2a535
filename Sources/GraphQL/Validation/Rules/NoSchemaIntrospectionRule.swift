/// Refuses introspection, for services that keep their schema private. `__typename` is allowed.
final class NoSchemaIntrospectionRule: ValidationRule {
    override class var parts: Parts { .field }

    override func enter(_ field: Field) {
        let name = field.name.value
        guard name == "__schema" || name == "__type" else { return }
        context.report(
            "GraphQL introspection has been disabled, but the requested query contained the field \"\(name)\".", field.position)
    }
}
