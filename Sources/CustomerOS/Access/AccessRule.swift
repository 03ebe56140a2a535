internal import GraphQL
internal import Records

/// What `@hasRole` and `@hasTenant` on a field require of the caller.
struct AccessRule {
    private let roles: [String]?

    /// Read from the field's directives in the schema.
    static func of(_ field: FieldDefinition) -> AccessRule {
        AccessRule(roles: field.appliedDirectives.first { $0.name.value == "hasRole" }.map(rolesNamed))
    }

    private static func rolesNamed(in directive: Directive) -> [String] {
        guard let argument = directive.arguments.first(where: { $0.name.value == "roles" }), case .list(let values, _) = argument.value
        else { return [] }
        return values.compactMap { value in
            if case .enumeration(let name) = value { return name.value }
            return nil
        }
    }

    /// `@hasTenant` is met by every principal: there is none without a tenant.
    func refusal(for principal: Principal) -> FieldError? {
        guard let roles, !roles.contains(where: { name in principal.roles.contains { $0.rawValue == name } }) else { return nil }
        return FieldError("Access denied", code: .forbidden)
    }
}
