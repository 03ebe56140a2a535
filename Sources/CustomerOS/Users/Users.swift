internal import GraphQL
internal import Postgres
internal import Records

/// Users: the people of the tenant itself.
enum Users {
    static let feature = Feature([
        .type(User.self), .type(UserOnboarding.self), .type(Calendar.self), .type(CustomerUser.self), .type(CustomerJobRole.self),
        .object("UserPage", .page(totalAvailable: false)),
        .object("MailstackMailbox", mailbox),
        .lookup("user", User.self) { "User with id \($0) not found" },
        .lookup("user_ByEmail", byEmail),
        .query("user_Current", .resolved(ReadField.currentUser)),
        // People, not platform or machine accounts.
        .page("users", User.self, where: "NOT t.internal AND NOT t.bot"),
        .query("users_WithMailboxes", .resolved(ReadField.nothing)),
        .change(CreateUser.self), .change(UpdateUser.self), .change(DeleteUser.self),
        .change(AddRole.self), .change(RemoveRole.self),
        .change(UpdateOnboardingDetails.self), .change(AddUserJobRole.self),
    ])

    private struct ByEmail: Decodable { let email: String }

    /// The user with the address, as entered or as normalised; of several the oldest.
    private static let byEmail = Finder(
        User.self,
        by: { (input: ByEmail) -> String? in
            let address = EmailAddress.comparable(input.email)
            return address.isEmpty ? nil : address
        },
        miss: { "User with email \($0.email) not identified" },
        where: { p in
            let address = p.value
            return """
                t.id = ANY (ARRAY(SELECT l.user_id FROM user_email l WHERE l.tenant_id = \(p.tenant) AND l.email_id = ANY (ARRAY(\
                SELECT e.id FROM email e WHERE e.tenant_id = \(p.tenant) AND fold(e.raw_email) = fold(\(bare: address)) UNION ALL
                SELECT e.id FROM email e
                WHERE e.tenant_id = \(p.tenant) AND e.email <> '' AND fold(e.email) = fold(\(bare: address))))))
                """
        },
        order: { _ in "t.created_at, t.id" })

    /// There are none: a mail service would provide them.
    private static let mailbox: [String: FieldBinding] = [
        "mailbox": .column("mailbox", .text), "provider": .column("provider", .enumeration),
        "needsManualRefresh": .column("needsManualRefresh", .boolean), "rampUpCurrent": .column("rampUpCurrent", .int),
        "rampUpMax": .column("rampUpMax", .int), "rampUpRate": .column("rampUpRate", .int),
        "usedInFlows": .column("usedInFlows", .boolean),
    ]
}
