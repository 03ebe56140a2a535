internal import GraphQL
internal import Postgres

/// `contact_CreateForOrganization`: a contact with its first job role, at an organization that must be there.
final class CreateContactForOrganization: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let organization = arguments.text("organizationId") ?? ""
        let tenant = context.tenantParameter
        guard UUIDKey.isValid(organization),
            try await transaction.run(Query(OrganizationTable.share, [tenant, .text(organization)]), context).rowCount == 1
        else { throw FieldError("Organization with id \(organization) not found", code: .notFound) }

        let input = arguments.input
        let id = Identifiers.uuid()
        var names = ContactName(input)
        names.complete()
        try await transaction.run(
            [
                Query(
                    ContactTable.insert,
                    [
                        tenant, .text(id), .text(names.name), .text(names.first), .text(names.last), Parameter(input["createdAt"]),
                    ] + ContactTable.patch.parameters(input)),
                Query(ContactTable.insertJobRole, [tenant, .text(Identifiers.uuid()), .text(id), .text(organization)]),
            ], context)
        try await link(input, to: id, transaction, context)
        return id
    }

    private func link(_ input: InputObject, to contact: String, _ transaction: Transaction, _ context: RequestContext) async throws {
        let tenant = context.tenantParameter
        if let address = input.object("email")?.text("email")?.trimmingBlanks, !address.isEmpty {
            let email = try await EmailTable.merge(address, transaction, context)
            // The first address of a contact is its primary one.
            try await transaction.run(Query(ContactTable.linkEmail, [tenant, .text(contact), .text(email)]), context)
        }
        if let phone = input.object("phoneNumber"), let number = phone.text("phoneNumber")?.trimmingBlanks, !number.isEmpty {
            let id = try await PhoneNumberTable.merge(number, transaction, context)
            let isPrimary = phone.flag("primary") ?? false
            try await transaction.run(
                Query(
                    ContactTable.linkPhoneNumber,
                    [tenant, .text(contact), .text(id), .text(isPrimary ? "true" : "false"), Parameter(text: phone.text("label"))]),
                context)
        }
        if let url = input.text("socialUrl")?.trimmingBlanks, !url.isEmpty {
            let social = SocialURL(url)
            try await transaction.run(
                Query(
                    ContactTable.insertSocial,
                    [tenant, .text(Identifiers.uuid()), .text(contact), .text(social.url), .text(social.key), .text(social.alias)]),
                context)
        }
    }
}

/// The three names of a contact: each may be given, and what is not given is derived, so that lists sort by any of them.
struct ContactName: Equatable {
    var name: String
    var first: String
    var last: String

    init(name: String, first: String, last: String) {
        self.name = name
        self.first = first
        self.last = last
    }

    init(_ input: InputObject) {
        self.init(name: input.text("name") ?? "", first: input.text("firstName") ?? "", last: input.text("lastName") ?? "")
    }

    /// `Dana Buyer` is Dana, Buyer, and the other way round.
    mutating func complete() {
        let whole = name.trimmingBlanks
        if first.isEmpty, last.isEmpty, !whole.isEmpty {
            let blank = whole.firstIndex { $0.isWhitespace }
            first = blank.map { String(whole[..<$0]) } ?? whole
            last = blank.map { String(whole[$0...]).trimmingBlanks } ?? ""
        } else if whole.isEmpty {
            name = "\(first) \(last)".trimmingBlanks
        }
    }
}

/// The statements that write contacts.
enum ContactTable {
    static let patch = Patch(columns: [
        Patch.Column("prefix", "prefix"),
        Patch.Column("description", "description"),
        Patch.Column("timezone", "timezone"),
        Patch.Column("profilePhotoUrl", "profile_photo_url"),
        Patch.Column("username", "username"),
    ])

    /// `$1` tenant, `$2` id, `$3` name, `$4` first name, `$5` last name, `$6` creation or null for now, then the patch.
    static let insert: Statement = {
        let (columns, values) = patch.insertion(from: 7)
        return Statement(
            "contact.insert",
            """
            INSERT INTO contact (tenant_id, id, name, first_name, last_name, created_at\(columns)) \
            VALUES ($1, $2::uuid, $3, $4, $5, coalesce($6::timestamptz, now())\(values))
            """)
    }()

    static let insertJobRole = Statement(
        "job_role.insert",
        """
        INSERT INTO job_role (tenant_id, id, contact_id, organization_id, is_primary, started_at) \
        VALUES ($1, $2::uuid, $3::uuid, $4::uuid, true, now())
        """)

    static let linkEmail = Statement(
        "contact_email.insert",
        "INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary) VALUES ($1, $2::uuid, $3::uuid, true)")

    static let linkPhoneNumber = Statement(
        "contact_phone_number.insert",
        """
        INSERT INTO contact_phone_number (tenant_id, contact_id, phone_number_id, is_primary, label) \
        VALUES ($1, $2::uuid, $3::uuid, $4::boolean, $5)
        """)

    static let insertSocial = Statement(
        "contact_social.insert",
        """
        WITH made AS (INSERT INTO social (tenant_id, id, url, url_key, alias) VALUES ($1, $2::uuid, $4, $5, $6) RETURNING tenant_id, id) \
        INSERT INTO contact_social (tenant_id, contact_id, social_id) SELECT tenant_id, $3::uuid, id FROM made
        """)
}
