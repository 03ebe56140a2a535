/// Coerces a variable's value to a type, and finds everything that is wrong with it. Specification sections 3.5 to
/// 3.12, "Input Coercion".
struct ValueCoercion {
    /// What is wrong, and where in the value.
    struct Problem {
        let path: [GraphQLError.PathElement]
        /// The part of the value that is wrong.
        let value: InputValue
        let message: String

        func message(forVariable name: String) -> String {
            let place = path.isEmpty ? "" : " at \"\(name)\(path.map(Self.text).joined())\""
            return "Variable \"$\(name)\" got invalid value \(value.inspected)\(place); \(message)"
        }

        private static func text(_ element: GraphQLError.PathElement) -> String {
            switch element {
            case .key(let key): ".\(key)"
            case .index(let index): "[\(index)]"
            }
        }
    }

    private(set) var problems: [Problem] = []
    private var path: [GraphQLError.PathElement] = []
    private let limit: Int
    private let suggests: Bool

    /// - Parameter limit: After this many problems the rest of the value is skipped.
    init(limit: Int, suggests: Bool) {
        self.limit = limit
        self.suggests = suggests
    }

    /// - Returns: The coerced value. It counts only if there are no problems.
    mutating func coerce(_ value: InputValue, to type: TypeReference) -> InputValue? {
        if problems.count >= limit { return nil }
        switch type {
        case .nonNull(let inner):
            if value == .null { return report(value, "Expected non-nullable type \"\(type)\" not to be null.") }
            return coerce(value, to: inner)
        case .list(let element):
            if value == .null { return .null }
            guard case .list(let values) = value else { return coerce(value, to: element).map { .list([$0]) } }
            var items: [InputValue] = []
            items.reserveCapacity(values.count)
            for (index, item) in values.enumerated() {
                path.append(.index(index))
                if let item = coerce(item, to: element) { items.append(item) }
                path.removeLast()
            }
            return .list(items)
        case .named(let named):
            if value == .null { return .null }
            switch named {
            case .scalar(let scalar):
                do {
                    return try scalar.coercion.coerce(value)
                } catch {
                    return report(value, error.message)
                }
            case .enumeration(let enumeration): return coerce(value, to: enumeration)
            case .inputObject(let object): return coerce(value, to: object)
            case .object, .interface, .union: return report(value, "Expected type \"\(named.name)\".")
            }
        }
    }

    private mutating func coerce(_ value: InputValue, to type: EnumType) -> InputValue? {
        guard case .string(let name) = value else {
            let hint = suggestion(value.inspected, among: type.values.map(\.name), of: "the enum value")
            return report(value, "Enum \"\(type.name)\" cannot represent non-string value: \(value.inspected).\(hint)")
        }
        guard type.value(name) != nil else {
            let hint = suggestion(name, among: type.values.map(\.name), of: "the enum value")
            return report(value, "Value \"\(name.shortened)\" does not exist in \"\(type.name)\" enum.\(hint)")
        }
        return .enumeration(name)
    }

    private mutating func coerce(_ value: InputValue, to type: InputObjectType) -> InputValue? {
        guard case .object(let given) = value else { return report(value, "Expected type \"\(type.name)\" to be an object.") }
        var object = InputObject()
        for field in type.fields {
            if let member = given[field.name] {
                path.append(.key(field.name))
                if let member = coerce(member, to: field.type) {
                    object.members.append(InputObject.Member(name: field.name, value: member))
                }
                path.removeLast()
            } else if let member = field.defaultValue {
                object.members.append(InputObject.Member(name: field.name, value: member))
            } else if field.type.isNonNull {
                report(value, "Field \"\(field.name)\" of required type \"\(field.type)\" was not provided.")
            }
        }
        for member in given.members where type.field(member.name) == nil {
            if problems.count >= limit { break }
            let hint = suggestion(member.name, among: type.fields.map(\.name))
            report(value, "Field \"\(member.name.shortened)\" is not defined by type \"\(type.name)\".\(hint)")
        }
        if type.isOneOf { checkOneOf(type, value, given) }
        return .object(object)
    }

    private mutating func checkOneOf(_ type: InputObjectType, _ value: InputValue, _ given: InputObject) {
        let known = given.members.filter { type.field($0.name) != nil }
        if known.count != 1 { report(value, "Exactly one key must be specified for OneOf type \"\(type.name)\".") }
        if let member = known.first, member.value == .null {
            path.append(.key(member.name))
            report(.null, "Field \"\(member.name)\" must be non-null.")
            path.removeLast()
        }
    }

    private func suggestion(_ name: String, among options: [String], of kind: String? = nil) -> String {
        suggests ? Suggestions.sentence(name, among: options, of: kind) : ""
    }

    @discardableResult
    private mutating func report(_ value: InputValue, _ message: String) -> InputValue? {
        if problems.count < limit { problems.append(Problem(path: path, value: value, message: message)) }
        return nil
    }
}
