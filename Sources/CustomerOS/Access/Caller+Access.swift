internal import GraphQL
internal import Records

extension Caller {
    func hasRole(_ role: Role) -> Bool { hasRole(role.rawValue) }

    /// An operation that names a tenant works in the request's: its answer is read there.
    /// - Throws: `FieldError` if the name is another tenant's.
    func checkTenant(_ name: String?) throws(FieldError) {
        guard let name, name != tenantName else { return }
        throw FieldError(
            "The request is made in another tenant than the argument names. Choose the tenant with the header X-Openline-TENANT.",
            code: .badUserInput, field: "tenant")
    }
}

extension FieldError {
    /// The request names no acting user, or one who is no more.
    static var noActor: FieldError {
        FieldError("The request acts for no user. Name one by e-mail address in the header X-Openline-USERNAME.", code: .notFound)
    }
}
