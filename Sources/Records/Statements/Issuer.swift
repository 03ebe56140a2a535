package import Postgres

/// On whose behalf statements are issued: every statement can refer to it without passing it.
package struct Issuer: Sendable {
    /// The tenant's number: `$1` of every statement.
    package let tenant: Parameter
    /// The id of the user for whom the request acts, or null.
    package let actor: Parameter
    /// Whether the caller may change what belongs to users.
    package let isAdministrator: Bool

    package init(tenant: Parameter, actor: Parameter, isAdministrator: Bool = false) {
        self.tenant = tenant
        self.actor = actor
        self.isAdministrator = isAdministrator
    }
}
