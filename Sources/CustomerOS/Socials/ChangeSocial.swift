internal import GraphQL
internal import Postgres
internal import Records

/// `…_AddSocial`: a profile for a contact or an organization. An existing one of the owner is found in any form of its
/// URL; a LinkedIn profile belongs to at most one contact and one organization.
struct AddSocial<Owner: SocialOwner>: Change {
    static var fields: [String] { ["\(Owner.word.text)_AddSocial"] }
    static var ignored: [String] { ["input.appSource"] }

    func perform(_ input: OfOwner<Owner, NewSocial>, _ change: Changing) async throws -> Written<Social> {
        let text = input.input.url.trimmingBlanks
        let failure = "Failed to add social \(text) from \(Owner.word.text) \(input.owner)"
        guard !text.isEmpty else {
            throw FieldError("Failed to add social: social url is required", code: .badUserInput, field: "input.url")
        }
        guard try await Owner.lockLinks(of: input.owner, change) else {
            throw FieldError(failure, code: .notFound, field: Owner.argument)
        }
        let social: SocialURL
        do throws(ValueRefusal) { social = try SocialURL(text) } catch {
            throw FieldError(error, field: "input.url", failure: "Failed to add social")
        }
        if let known = try await change.run(Owner.socialLinks.find, (input.owner, social.key)).first { return Written(known) }
        guard try await !Owner.socialLinks.isTaken(social, by: input.owner, change) else {
            throw FieldError("\(failure): linkedin url is already used", code: .conflict, field: "input.url")
        }
        return Written(try await Owner.socialLinks.add(social, to: input.owner, change))
    }
}

/// The argument with a new profile.
struct NewSocial: Decodable {
    struct Values: Decodable { let url: String }

    let input: Values
}

/// `…_RemoveSocial`: removes a profile from its owner, and deletes it if it was the last.
struct RemoveSocial<Owner: SocialOwner>: Change {
    static var fields: [String] { ["\(Owner.word.text)_RemoveSocial"] }

    func perform(_ input: OfOwner<Owner, NamedSocial>, _ change: Changing) async throws -> Outcome {
        let (owner, id) = (input.owner, input.socialId)
        guard try await Owner.lockLinks(of: owner, change) else {
            throw FieldError(
                "Failed to remove social \(id) from \(Owner.word.text) \(owner)", code: .notFound, field: Owner.argument)
        }
        guard !id.isNobody else { return .done }
        try await change.run(SocialStatements.lock, id)
        let removed = try await change.run(Owner.socialLinks.remove, (owner, id))
        if !removed.isEmpty { try await change.run(SocialStatements.deleteOrphan, id) }
        return .done
    }
}

/// The argument that names a profile.
struct NamedSocial: Decodable { let socialId: ID<Social> }

/// `social_Update`: corrects the URL of a profile.
struct UpdateSocial: Change {
    static let fields = ["social_Update"]

    struct Input: Decodable {
        let id: ID<Social>
        let url: String
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Social> {
        let text = input.url.trimmingBlanks
        guard !text.isEmpty else {
            throw FieldError("Failed to update social: social url is required", code: .badUserInput, field: "input.url")
        }
        let social: SocialURL
        do throws(ValueRefusal) { social = try SocialURL(text) } catch {
            throw FieldError(error, field: "input.url", failure: "Failed to update social")
        }
        guard !input.id.isNobody,
            try await !change.run(SocialStatements.update, (input.id, social.url, social.key, social.alias)).isEmpty
        else { throw FieldError("Failed to update social", code: .notFound, field: "input.id") }
        return Written(input.id)
    }
}

/// `social_Remove`: deletes a profile from all owners. Succeeds even if there is none.
struct DeleteSocial: Change {
    static let fields = ["social_Remove"]

    func perform(_ input: NamedSocial, _ change: Changing) async throws -> Outcome {
        if !input.socialId.isNobody { try await change.run(SocialStatements.delete, input.socialId) }
        return .done
    }
}
