/// Specification section 5.6.3.
final class UniqueInputFieldNamesRule: ValidationRule {
    override class var parts: Parts { .value }

    override func enter(_ value: Value, for type: TypeReference?) { check(value) }

    private func check(_ value: Value) {
        switch value {
        case .list(let values, _): values.forEach(check)
        case .object(let fields, _):
            var known: [String: SourcePosition] = [:]
            for field in fields {
                if let first = known[field.name.value] {
                    context.report("There can be only one input field named \"\(field.name.value)\".", first, field.name.position)
                } else {
                    known[field.name.value] = field.name.position
                }
                check(field.value)
            }
        default: break
        }
    }
}
