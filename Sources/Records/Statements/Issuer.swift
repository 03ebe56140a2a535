package import Postgres

/// On whose behalf statements are issued: every statement can refer to it without passing it.
package struct Issuer: Sendable {
    /// The tenant's number: `$1` of every statement.
    package let tenant: Parameter
    /// The id of the user for whom the request acts, or null.
    package let actor: Parameter

    /// Whether the request acts for a user.
    package var hasActor: Bool { actor != .null }

    package init(tenant: Parameter, actor: Parameter) {
        self.tenant = tenant
        self.actor = actor
    }
}
