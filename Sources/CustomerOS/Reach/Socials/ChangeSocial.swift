internal import GraphQL
internal import Postgres
internal import Records

/// `…_AddSocial`: a profile for a contact or an organization. An existing one of the owner is found in any form of its
/// URL; a LinkedIn profile belongs to at most one contact and one organization.
final class AddSocial: ObjectMutation, @unchecked Sendable {
    private let table: SocialTable

    init(to owner: ReachOwner) { table = SocialTable(owner) }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let owner = table.owner
        let text = (arguments.input.text("url") ?? "").trimmingBlanks
        let failure = "Failed to add social \(text) from \(owner.word) \(arguments.text(owner.argument) ?? "")"
        guard !text.isEmpty else {
            throw FieldError("Failed to add social: social url is required", code: .badUserInput, field: "input.url")
        }
        guard let id = try await owner.lock(arguments, transaction, context) else {
            throw FieldError(failure, code: .notFound, field: owner.argument)
        }
        let social: SocialURL
        do throws(ValueRefusal) { social = try SocialURL(text) } catch {
            throw FieldError(error, field: "input.url", failure: "Failed to add social")
        }
        let tenant = context.tenantParameter
        let byKey: [Parameter] = [tenant, .text(id), .text(social.key)]
        if let known = try await transaction.run(Query(table.find, byKey), context).firstText { return known }
        if social.isLinkedInProfile {
            let results = try await transaction.run(
                [Query(SocialTable.lockKey, [tenant, .text(social.key)]), Query(table.findOther, byKey)], context)
            guard results[1].rowCount == 0 else {
                throw FieldError("\(failure): linkedin url is already used", code: .conflict, field: "input.url")
            }
        }
        let new = Identifiers.uuid()
        try await transaction.run(
            Query(table.insert, [tenant, .text(new), .text(id), .text(social.url), .text(social.key), .text(social.alias)]), context)
        return new
    }
}

/// `…_RemoveSocial`: removes a profile from its owner, and deletes it if it was the last.
final class RemoveSocial: OutcomeMutation, @unchecked Sendable {
    private let table: SocialTable

    init(from owner: ReachOwner) { table = SocialTable(owner) }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let social = arguments.text("socialId") ?? ""
        guard let id = try await table.owner.lock(arguments, transaction, context) else {
            throw FieldError(
                "Failed to remove social \(social) from \(table.owner.word) \(arguments.text(table.owner.argument) ?? "")",
                code: .notFound, field: table.owner.argument)
        }
        guard UUIDKey.isValid(social) else { return .done }
        let tenant = context.tenantParameter
        try await transaction.run(Query(SocialTable.lock, [tenant, .text(social)]), context)
        let removed = try await transaction.run(Query(table.unlink, [tenant, .text(id), .text(social)]), context)
        if removed.affectedRows > 0 { try await transaction.run(Query(SocialTable.deleteOrphan, [tenant, .text(social)]), context) }
        return .done
    }
}

/// `social_Update`: corrects the URL of a profile.
final class UpdateSocial: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let id = arguments.input.text("id") ?? ""
        let text = (arguments.input.text("url") ?? "").trimmingBlanks
        guard !text.isEmpty else {
            throw FieldError("Failed to update social: social url is required", code: .badUserInput, field: "input.url")
        }
        let social: SocialURL
        do throws(ValueRefusal) { social = try SocialURL(text) } catch {
            throw FieldError(error, field: "input.url", failure: "Failed to update social")
        }
        guard UUIDKey.isValid(id),
            try await transaction.run(
                Query(
                    SocialTable.update,
                    [context.tenantParameter, .text(id), .text(social.url), .text(social.key), .text(social.alias)]), context
            ).rowCount == 1
        else { throw FieldError("Failed to update social", code: .notFound, field: "input.id") }
        return id
    }
}

/// `social_Remove`: deletes a profile from all owners. Succeeds even if there is none.
final class DeleteSocial: OutcomeMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        if let id = arguments.text("socialId"), UUIDKey.isValid(id) {
            try await transaction.run(Query(SocialTable.delete, [context.tenantParameter, .text(id)]), context)
        }
        return .done
    }
}
