internal import Records

/// A role in an input. `Role` itself is public, and no public type can be a `Word`.
struct RoleWord: Word {
    let role: Role

    static var allCases: [RoleWord] { Role.allCases.map(RoleWord.init) }

    var rawValue: String { role.rawValue }

    private init(_ role: Role) { self.role = role }

    init?(rawValue: String) {
        guard let role = Role(rawValue: rawValue) else { return nil }
        self.role = role
    }
}
