internal import GraphQL
internal import Postgres
internal import Records

/// `user_Update`: what is absent or null is kept, an empty text clears.
struct UpdateUser: Change {
    static let fields = ["user_Update"]
    static let withoutInput: FieldError? = FieldError(
        "Failed to update user: input must name the user and what changes", code: .badUserInput, field: "input")

    struct Input: Decodable {
        let id: ID<User>
        var values: Patch<User>
    }

    private static let update = Statement<Input, ID<User>>("app_user.update") { p in
        let id = p.id
        return "UPDATE app_user SET updated_at = now()\(p.values.assignments) \(User.only(id, p))"
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<User> {
        try change.caller.mayChangeUsers("Failed to update user \(input.id)")
        var input = input
        try input.values.normalizeUser("Failed to update user \(input.id)")
        if !input.id.isNobody, try await !change.run(Self.update, input).isEmpty { return Written(input.id) }
        throw FieldError("Failed to update user \(input.id)", code: .notFound)
    }
}

extension Patch<User> {
    /// - Parameter failure: What the operation failed to do.
    /// - Throws: `FieldError` for a time zone that is none.
    mutating func normalizeUser(_ failure: String) throws(FieldError) {
        normalizeNames(\.firstName, \.lastName, \.name)
        try normalize(\.timezone, as: "input.timezone", failure: failure, by: TimeZoneName.normal)
    }
}
