/// Who makes a request. Roles are known by their words in the schema.
package protocol Caller: AnyObject {
    /// The name of the tenant.
    var tenantName: String { get }

    func hasRole(_ word: String) -> Bool
}
