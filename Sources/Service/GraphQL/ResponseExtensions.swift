internal import CustomerOS
internal import GraphQL

/// What a response tells beside its data, because the request's `extensions` have `true` by that name (GraphQL, 7.1, "Extensions").
struct ResponseExtensions: OptionSet {
    let rawValue: Int

    /// How many objects the operation may bring back, and how many are allowed.
    static let cost = ResponseExtensions(rawValue: 1)
    /// Whom the server takes the caller for: the tenant, the roles of the key, and the user that the request acts for.
    static let identity = ResponseExtensions(rawValue: 2)

    private static let names = [("cost", cost), ("identity", identity)]

    init(rawValue: Int) { self.rawValue = rawValue }

    init(wantedBy extensions: InputObject?) {
        self = []
        guard let extensions else { return }
        for (name, member) in Self.names where extensions[name] == .boolean(true) { insert(member) }
    }

    /// Nil where nothing is to tell. An anonymous caller has no identity.
    func object(cost: Int, limit: Int, principal: Principal?) -> InputObject? {
        var members: [InputObject.Member] = []
        if contains(.cost) {
            members.append(Self.object("cost", [("objects", .integer(Int64(cost))), ("limit", .integer(Int64(limit)))]))
        }
        if contains(.identity), let principal {
            let roles = Role.allCases.filter(principal.roles.contains).map { InputValue.string($0.rawValue) }
            let user = principal.userID.map(InputValue.string) ?? .null
            members.append(
                Self.object("identity", [("tenant", .string(principal.tenant.name)), ("roles", .list(roles)), ("userId", user)]))
        }
        return members.isEmpty ? nil : InputObject(members)
    }

    private static func object(_ name: String, _ members: [(String, InputValue)]) -> InputObject.Member {
        InputObject.Member(name: name, value: .object(InputObject(members.map { InputObject.Member(name: $0.0, value: $0.1) })))
    }
}
