/// Checks an argument's value, and the values within it, against their rules.
struct ValueJudgement {
    /// The argument, then input fields and list indexes.
    private var path: [String]

    /// - Throws: `FieldError` with the path of the first value that is refused as `extensions.field`.
    static func judge(_ value: InputValue, of argument: InputValueDefinition, at position: SourcePosition?) throws(FieldError) -> InputValue
    {
        guard argument.hasRules else { return value }
        var judgement = ValueJudgement(path: [argument.name])
        do {
            return try judgement.judge(value, argument)
        } catch {
            let path = judgement.path.joined(separator: ".")
            throw FieldError(
                "\(path) \(error.explanation)", code: .badUserInput,
                details: [GraphQLError.Detail(name: "field", value: .string(path))] + error.details, position: position)
        }
    }

    private mutating func judge(_ value: InputValue, _ definition: InputValueDefinition) throws(ValueRule.Refusal) -> InputValue {
        switch value {
        case .null: return value
        case .list(let elements):
            var judged: [InputValue] = []
            judged.reserveCapacity(elements.count)
            for (index, element) in elements.enumerated() {
                path.append(String(index))
                judged.append(try judge(element, definition))
                path.removeLast()
            }
            return .list(judged)
        default: break
        }
        if let rule = definition.rule { return try rule.judge(value) }
        guard case .object(var object) = value, case .inputObject(let type) = definition.type.namedType else { return value }
        for (index, member) in object.members.enumerated() {
            guard let field = type.field(member.name), field.hasRules else { continue }
            path.append(member.name)
            object.members[index].value = try judge(member.value, field)
            path.removeLast()
        }
        return .object(object)
    }
}
