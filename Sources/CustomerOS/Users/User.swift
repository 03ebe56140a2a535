internal import Postgres
internal import Records

/// A person who works for the tenant.
enum User: RecordKind {
    static var type: RecordType { UserDomain.user }

    /// A user who can be an owner.
    static let lockOwner = Statement<ID<User>, ID<User>>("app_user.owner") { id in
        """
        SELECT id FROM app_user WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state = 'LIVE' AND NOT internal AND NOT bot
        FOR KEY SHARE
        """
    }
}
