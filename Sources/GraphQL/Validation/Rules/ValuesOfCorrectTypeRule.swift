/// Specification section 5.6.1.
final class ValuesOfCorrectTypeRule: ValidationRule {
    override class var parts: Parts { .value }

    override func enter(_ value: Value, for type: TypeReference?) {
        guard let type else { return }
        LiteralCheck(
            suggestion: { [context] in context.suggestion($0, among: $1, of: $2) }, report: { [context] in context.report($0, $1) }
        ).check(value, type)
    }
}
