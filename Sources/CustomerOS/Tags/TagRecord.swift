internal import Records

/// `addTag`: tags a record of any kind, and returns the id of the tag.
struct AddTag: Change {
    static let fields = ["addTag"]

    struct Input: Decodable {
        let entityId: ID<TaggedRecord>
        let entityType: EntityType
        let tag: TagReference
    }

    func perform(_ input: Input, _ change: Changing) async throws -> ID<Tag> {
        try await TagSubject.entity(input.entityId, input.entityType).add(input.tag, change)
    }
}

/// `removeTag`: removes a tag from a record of any kind.
struct RemoveTag: Change {
    static let fields = ["removeTag"]

    struct Input: Decodable {
        let entityId: ID<TaggedRecord>
        let entityType: EntityType
        let tagId: ID<Tag>
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        try await TagSubject.entity(input.entityId, input.entityType)
            .remove(TagReference(id: input.tagId), at: "input.tagId", change)
    }
}

/// `removeTags`: removes all tags from a record of any kind.
struct RemoveTags: Change {
    static let fields = ["removeTags"]

    struct Input: Decodable {
        let entityId: ID<TaggedRecord>
        let entityType: EntityType
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        try await TagSubject.entity(input.entityId, input.entityType).removeAll(change)
    }
}

/// An organization and a tag.
struct OrganizationTagInput: Decodable {
    let organizationId: ID<TaggedRecord>
    let tag: TagReference
}

/// `organization_AddTag`.
struct AddTagToOrganization: Change {
    static let fields = ["organization_AddTag"]

    func perform(_ input: OrganizationTagInput, _ change: Changing) async throws -> Outcome {
        _ = try await TagSubject.organization(input.organizationId).add(input.tag, change)
        return .done
    }
}

/// `organization_RemoveTag`.
struct RemoveTagFromOrganization: Change {
    static let fields = ["organization_RemoveTag"]

    func perform(_ input: OrganizationTagInput, _ change: Changing) async throws -> Outcome {
        try await TagSubject.organization(input.organizationId).remove(input.tag, at: "input.tag", change)
    }
}

/// A contact and a tag.
struct ContactTagInput: Decodable {
    let contactId: ID<TaggedRecord>
    let tag: TagReference
}

/// `contact_AddTag`.
struct AddTagToContact: Change {
    static let fields = ["contact_AddTag"]

    func perform(_ input: ContactTagInput, _ change: Changing) async throws -> Outcome {
        _ = try await TagSubject.contact(input.contactId).add(input.tag, change)
        return .done
    }
}

/// `contact_RemoveTag`.
struct RemoveTagFromContact: Change {
    static let fields = ["contact_RemoveTag"]

    func perform(_ input: ContactTagInput, _ change: Changing) async throws -> Outcome {
        try await TagSubject.contact(input.contactId).remove(input.tag, at: "input.tag", change)
    }
}
