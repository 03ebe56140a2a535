internal import GraphQL
internal import Records

extension Caller {
    var administersUsers: Bool { hasRole(.admin) || hasRole(.owner) || hasRole(.platformOwner) }

    /// Only keys of administrators change what belongs to users. The user a request acts for gives it no rights: any
    /// key of the tenant may name any user.
    /// - Throws: A `FieldError` that begins with `failure` for other keys.
    func mayChangeUsers(_ failure: String) throws(FieldError) {
        guard !administersUsers else { return }
        throw FieldError("\(failure): what belongs to users takes a key with the role ADMIN or OWNER", code: .forbidden)
    }
}
