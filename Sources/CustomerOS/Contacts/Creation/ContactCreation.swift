internal import GraphQL
internal import Postgres
internal import Records

/// The creation of a contact, with its input's e-mail, phone number, profile and external link.
struct ContactCreation {
    private let change: Changing

    init(_ change: Changing) { self.change = change }

    /// - Parameter organization: The organization where the contact has its first role, locked by the caller.
    /// - Returns: The id of the contact.
    func create(_ input: ContactInput, at organization: ID<Organization>? = nil) async throws -> ID<Contact> {
        let id = ID<Contact>.new()
        var values = input.values
        try values.normalize(
            \.timezone, as: "input.timezone", failure: "Failed to create contact", by: TimeZoneName.normal)
        let name = ContactName(name: input.name ?? "", first: input.firstName ?? "", last: input.lastName ?? "")
            .completed
        let insert = Insert(
            id: id, name: name.name, first: name.first, last: name.last, createdAt: input.createdAt, values: values)
        var statements = [Self.insert.with(insert)]
        if let organization { statements.append(Self.insertFirstRole.with((.new(), id, organization))) }
        if let reference = input.externalReference {
            statements.append(Self.insertExternalLink.with(ExternalSystem.Link(of: id, reference)))
        }
        try await change.run(statements)
        try await linkSocial(input.socialUrl, id)
        // The address may exist: its events then belong on the timelines of the contact and its organization.
        if let email = input.email, !email.text.isEmpty {
            let address = try await email.merge(at: "input.email", change)
            try await Contact.emailLinks.put(address, on: id, primary: email.primary, label: nil, change)
        }
        if let phone = input.phoneNumber, !phone.text.isEmpty {
            let number = try await phone.merge(at: "input.phoneNumber", change)
            try await Contact.phoneNumberLinks.put(
                number, on: id, primary: phone.primary, label: phone.label?.rawValue, change)
        }
        return id
    }

    /// A LinkedIn profile identifies one person: two contacts with the same profile would be the same.
    private func linkSocial(_ url: String?, _ id: ID<Contact>) async throws {
        guard let url = url?.trimmingBlanks, !url.isEmpty else { return }
        let social: SocialURL
        do throws(ValueRefusal) { social = try SocialURL(url) } catch {
            throw FieldError(error, field: "input.socialUrl", failure: "Failed to create contact")
        }
        guard try await !Contact.socialLinks.isTaken(social, by: id, change) else {
            throw FieldError(
                "Failed to create contact: linkedin url is already used", code: .conflict, field: "input.socialUrl")
        }
        _ = try await Contact.socialLinks.add(social, to: id, change)
    }

    // MARK: Statements

    private struct Insert {
        let id: ID<Contact>
        let name: String
        let first: String
        let last: String
        /// Now, if nil.
        let createdAt: Time?
        let values: Patch<Contact>
    }

    private static let insert = Statement<Insert, Void>("contact.insert") { p in
        """
        INSERT INTO contact (tenant_id, id, name, first_name, last_name, created_at\(p.values.columns))
        VALUES (\(p.tenant), \(p.id), \(bare: p.name), \(bare: p.first), \(bare: p.last),
        coalesce(\(p.createdAt), now())\(p.values.values))
        """
    }

    private static let insertFirstRole = Statement<
        (id: ID<JobRole>, contact: ID<Contact>, organization: ID<Organization>), Void
    >("job_role.insert_first") { p in
        """
        INSERT INTO job_role (tenant_id, id, contact_id, organization_id, is_primary, started_at)
        VALUES (\(p.tenant), \(p.id), \(p.contact), \(p.organization), true, now())
        """
    }

    private static let insertExternalLink = ExternalSystem.insertion(
        "external_link.insert", of: Contact.self, by: "contact_id", onConflict: "DO NOTHING")
}
