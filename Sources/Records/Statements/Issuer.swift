package import Postgres

/// For whom statements are issued: what every one of them can refer to without being given it.
package struct Issuer: Sendable {
    /// The tenant's number: `$1` of every statement.
    package let tenant: Parameter
    /// The id of the user whom the request acts for, or null.
    package let actor: Parameter

    package init(tenant: Parameter, actor: Parameter) {
        self.tenant = tenant
        self.actor = actor
    }
}
