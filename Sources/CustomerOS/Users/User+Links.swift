internal import Postgres
internal import Records

extension User: LinkOwner {
    static var word: SQL { "user" }

    private static let lockOne = Statement<ID<User>, ID<User>>("app_user.lock") { id in
        "SELECT id FROM app_user WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state = 'LIVE' FOR NO KEY UPDATE"
    }

    /// Only for callers who may change what belongs to users.
    static func lockLinks(of id: ID<User>, _ change: Changing) async throws -> Bool {
        try change.caller.mayChangeUsers("Failed to change user \(id)")
        return id.isNobody ? false : try await !change.run(lockOne, id).isEmpty
    }
}

extension User: AddressOwner {
    static let emailLinks = AddressLinks<User, Email>()
    static let phoneNumberLinks = AddressLinks<User, PhoneNumber>()

    /// Users have no timelines.
    static func add(_: ID<User>, to _: inout AddressTimelines) {}
}
