internal import CustomerOS
internal import GraphQL

/// What a response adds to its data if the request's `extensions` set that name to `true` (GraphQL, 7.1, "Extensions").
struct ResponseExtensions: OptionSet {
    let rawValue: Int

    /// How many objects the operation may return, and how many are allowed.
    static let cost = ResponseExtensions(rawValue: 1)
    /// Who the caller is: the tenant, the key's roles, and the user that the request acts for.
    static let identity = ResponseExtensions(rawValue: 2)

    private static let names = [("cost", cost), ("identity", identity)]

    init(rawValue: Int) { self.rawValue = rawValue }

    init(wantedBy extensions: InputObject?) {
        self = []
        guard let extensions else { return }
        for (name, member) in Self.names where extensions[name] == .boolean(true) { insert(member) }
    }

    /// Nil if there is nothing to add. An anonymous caller has no identity.
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
