internal import GraphQL
internal import Postgres
internal import Records

/// `issue_Create`: a support ticket.
struct CreateIssue: Change {
    static let fields = ["issue_Create"]

    struct Input: Decodable {
        let reportedByContactId: ID<Contact>?
        let organizationId: ID<Organization>?
        let submittedByUserId: ID<User>?
        let appSource: String?
        let createdAt: Time?
        let values: Patch<SupportIssue>
    }

    private static let insert = Statement<(id: ID<SupportIssue>, values: Patch<SupportIssue>), Void>("issue.insert") {
        p in
        "INSERT INTO issue (tenant_id, id\(p.values.columns)) VALUES (\(p.tenant), \(p.id)\(p.values.values))"
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<SupportIssue> {
        var writer = EventWriter(SupportIssue.self, "Failed to create issue", change)
        if let contact = input.reportedByContactId?.unlessEmpty {
            writer.participants.add(.contact, contact.text, role: "REPORTED_BY", field: "input.reportedByContactId")
        }
        if let organization = input.organizationId?.unlessEmpty {
            writer.participants.add(
                .organization, organization.text, role: "REPORTED_BY", field: "input.organizationId")
        }
        if let user = input.submittedByUserId?.unlessEmpty {
            writer.participants.add(.user, user.text, role: "SUBMITTED_BY", field: "input.submittedByUserId")
        }
        try await writer.write(
            appSource: input.appSource, createdAt: input.createdAt,
            details: [Self.insert.with((writer.id, input.values))])
        return Written(writer.id)
    }
}
