package import Postgres

/// What changes need from their request.
package protocol RequestHost: AnyObject {
    var issuer: Issuer { get }
    var caller: any Caller { get }
    var database: ObservedDatabase { get }
    /// The most records that one change may create.
    var bulkLimit: Int { get }

    /// Records statements about to be sent.
    func record(_ queries: [Query])
}
