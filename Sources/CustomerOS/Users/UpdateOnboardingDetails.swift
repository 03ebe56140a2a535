internal import GraphQL
internal import Postgres
internal import Records

/// `user_UpdateOnboardingDetails`: what is absent or null is kept.
struct UpdateOnboardingDetails: Change {
    static let fields = ["user_UpdateOnboardingDetails"]

    struct Input: Decodable {
        let id: ID<User>
        let values: Patch<UserOnboarding>
    }

    private static let update = Statement<Input, ID<User>>("app_user.update_onboarding") { p in
        let id = p.id
        return "UPDATE app_user SET updated_at = now()\(p.values.assignments) \(User.only(id, p))"
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<User> {
        if !input.id.isNobody, try await !change.run(Self.update, input).isEmpty { return Written(input.id) }
        throw FieldError("Failed to update onboarding details of user \(input.id)", code: .notFound)
    }
}
