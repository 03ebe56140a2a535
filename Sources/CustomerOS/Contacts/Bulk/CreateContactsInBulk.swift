internal import Records

/// The arguments with addresses.
struct ContactAddresses: Decodable {
    let emails: [String]
    /// An empty text is none.
    let flowId: String?
}

/// The arguments with profiles.
struct ContactProfiles: Decodable {
    let linkedInUrls: [String]
    /// An empty text is none.
    let flowId: String?
}

/// `contact_CreateBulkByEmailV2`: a contact for each address, found or created.
struct CreateContactsByEmail: Change {
    static let fields = ["contact_CreateBulkByEmailV2"]

    func perform(_ input: ContactAddresses, _ change: Changing) async throws -> ContactBulkResult {
        try await ContactBulk(by: .email, change).run(input.emails, joining: input.flowId)
    }
}

/// `contact_CreateBulkByLinkedInV2`: a contact for each profile, found or created.
struct CreateContactsByLinkedIn: Change {
    static let fields = ["contact_CreateBulkByLinkedInV2"]

    func perform(_ input: ContactProfiles, _ change: Changing) async throws -> ContactBulkResult {
        try await ContactBulk(by: .linkedIn, change).run(input.linkedInUrls, joining: input.flowId)
    }
}

/// `contact_CreateBulkByEmail`: the same, but answers with the failed inputs alone.
struct FindFailedAddresses: Change {
    static let fields = ["contact_CreateBulkByEmail"]

    func perform(_ input: ContactAddresses, _ change: Changing) async throws -> Texts {
        Texts(try await ContactBulk(by: .email, change).run(input.emails, joining: input.flowId).failed)
    }
}

/// `contact_CreateBulkByLinkedIn`: the same, but answers with the failed inputs alone.
struct FindFailedProfiles: Change {
    static let fields = ["contact_CreateBulkByLinkedIn"]

    func perform(_ input: ContactProfiles, _ change: Changing) async throws -> Texts {
        Texts(try await ContactBulk(by: .linkedIn, change).run(input.linkedInUrls, joining: input.flowId).failed)
    }
}
