package import Postgres

/// What changes need of the request that they belong to.
package protocol RequestHost: AnyObject {
    var issuer: Issuer { get }
    var database: ObservedDatabase { get }

    /// Notes statements that are about to be sent.
    func record(_ queries: [Query])
}
