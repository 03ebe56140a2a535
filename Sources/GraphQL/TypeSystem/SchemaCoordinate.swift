/// Names one element of a schema: `Contact.emails`, `Query.contacts(pagination:)`, `Role.ADMIN`, `@hasRole(roles:)`.
/// Specification appendix "Schema Coordinates".
public enum SchemaCoordinate: Sendable, Hashable, CustomStringConvertible {
    case type(String)
    /// A field, an input field or an enum value.
    case member(type: String, name: String)
    case argument(type: String, field: String, name: String)
    case directive(String)
    case directiveArgument(directive: String, name: String)

    /// - Returns: nil if `text` is not a schema coordinate.
    public init?(_ text: String) {
        var rest = Substring(text)
        let isDirective = rest.first == "@"
        if isDirective { rest.removeFirst() }
        guard let first = Self.takeName(&rest) else { return nil }
        var member: String?
        if !isDirective, rest.first == "." {
            rest.removeFirst()
            guard let name = Self.takeName(&rest) else { return nil }
            member = name
        }
        var argument: String?
        if rest.first == "(" {
            rest.removeFirst()
            guard isDirective || member != nil, let name = Self.takeName(&rest), rest == ":)" else { return nil }
            argument = name
            rest = ""
        }
        guard rest.isEmpty else { return nil }
        switch (isDirective, member, argument) {
        case (true, _, let argument?): self = .directiveArgument(directive: first, name: argument)
        case (true, _, nil): self = .directive(first)
        case (false, let member?, let argument?): self = .argument(type: first, field: member, name: argument)
        case (false, let member?, nil): self = .member(type: first, name: member)
        case (false, nil, _): self = .type(first)
        }
    }

    private static func takeName(_ text: inout Substring) -> String? {
        let name = text.utf8.prefix(while: \.isNameContinue)
        guard let start = name.first, !start.isDigit else { return nil }
        text = text[name.endIndex...]
        return String(Substring(name))
    }

    public var description: String {
        switch self {
        case .type(let name): name
        case .member(let type, let name): "\(type).\(name)"
        case .argument(let type, let field, let name): "\(type).\(field)(\(name):)"
        case .directive(let name): "@\(name)"
        case .directiveArgument(let directive, let name): "@\(directive)(\(name):)"
        }
    }
}

extension Schema {
    /// Whether the schema has the element that `coordinate` names.
    public func contains(_ coordinate: SchemaCoordinate) -> Bool {
        switch coordinate {
        case .type(let name): return type(name) != nil
        case .directive(let name): return directive(name) != nil
        case .directiveArgument(let name, let argument): return directive(name)?.arguments.contains { $0.name == argument } ?? false
        case .argument(let type, let field, let name): return outputField(field, of: type)?.argument(name) != nil
        case .member(let name, let member):
            switch type(name) {
            case .enumeration(let type)?: return type.value(member) != nil
            case .inputObject(let type)?: return type.field(member) != nil
            default: return outputField(member, of: name) != nil
            }
        }
    }

    private func outputField(_ name: String, of type: String) -> FieldDefinition? {
        switch self.type(type) {
        case .object(let type)?: type.field(name)
        case .interface(let type)?: type.field(name)
        default: nil
        }
    }
}

extension PlannedField {
    /// The field's schema coordinate.
    public var coordinate: SchemaCoordinate { .member(type: parentType.name, name: definition.name) }
}
