/// How much data a tenant is seeded with.
public enum SeedSize: String, Sendable, CaseIterable {
    case small, medium, large

    public var organizations: Int {
        switch self {
        case .small: 1_000
        case .medium: 10_000
        case .large: 100_000
        }
    }

    public var contacts: Int { organizations * 3 }
    /// Two per contact, and one per user.
    public var emails: Int { contacts * 2 }
    /// One per contact, and a second for every other contact.
    public var jobRoles: Int { contacts + contacts / 2 }
    public var opportunities: Int { organizations * 2 }
    public var users: Int { 50 }
    public var tags: Int { 20 }
}
