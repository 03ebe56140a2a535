/// The caller: a tenant, the key's roles, and the user the request acts for.
public struct Principal: Sendable {
    public struct Tenant: Sendable, Hashable {
        public let id: Int32
        public let name: String

        public init(id: Int32, name: String) {
            self.id = id
            self.name = name
        }
    }

    public let tenant: Tenant
    public let roles: Set<Role>
    /// The id of the user for whom the request acts, if named.
    public let userID: String?
    /// Nil without a key.
    public let key: KeyTerms?

    public init(tenant: Tenant, roles: Set<Role>, userID: String? = nil, key: KeyTerms? = nil) {
        self.tenant = tenant
        self.roles = roles
        self.userID = userID
        self.key = key
    }
}

/// What a key may do. The names are those of the schema's enum.
public enum Role: String, Sendable, CaseIterable {
    case user = "USER"
    case admin = "ADMIN"
    case owner = "OWNER"
    case platformOwner = "PLATFORM_OWNER"
    case impersonated = "IMPERSONATED"
}
