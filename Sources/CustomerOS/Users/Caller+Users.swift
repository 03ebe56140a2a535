internal import GraphQL
internal import Records

extension Caller {
    func hasRole(_ role: Role) -> Bool { hasRole(role.rawValue) }

    var administersUsers: Bool { hasRole(.admin) || hasRole(.owner) || hasRole(.platformOwner) }

    /// Only keys of administrators change what belongs to users. The user a request acts for gives it no rights: any
    /// key of the tenant may name any user.
    /// - Throws: A `FieldError` that begins with `failure` for other keys.
    func mayChangeUsers(_ failure: String) throws(FieldError) {
        guard !administersUsers else { return }
        throw FieldError("\(failure): what belongs to users takes a key with the role ADMIN or OWNER", code: .forbidden)
    }

    /// An operation that names a tenant works in the request's: its answer is read there.
    func checkTenant(_ name: String?) throws(FieldError) {
        guard let name, name != tenantName else { return }
        throw FieldError(
            "The request is made in another tenant than the argument names. Choose the tenant with the header X-Openline-TENANT.",
            code: .badUserInput, field: "tenant")
    }
}
