internal import GraphQL
internal import Postgres

/// `organization_AddDomain`: links a domain, given as such or as a website's URL, unless another organization has it.
final class AddOrganizationDomain: OutcomeMutation, @unchecked Sendable {
    private static let redirect = StatementText("domain_redirect.find", "SELECT primary_domain FROM domain_redirect WHERE domain = $1")

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let id = arguments.text("organizationId") ?? ""
        let text = arguments.text("domain") ?? ""
        let failure = "Failed to link domain \(text) with organization \(id)"
        let refusal = { (reason: String, code: ErrorCode) in
            .action(false, remark: FieldError(failure + reason, code: code)) as MutationOutcome
        }
        guard let given = WebDomain(text) else { return refusal(": it is not a domain", .badUserInput) }
        let domain = given.name
        let writer = OrganizationWriter(transaction: transaction, context: context, failure: failure)
        guard try await writer.lock(id) != nil else { return refusal("", .notFound) }
        let known = try await transaction.run(Query(Self.redirect, [.text(domain)]), context).firstText
        var judged = try await writer.judge([given] + [known].compactMap { $0 }.filter { $0 != domain }.compactMap { WebDomain($0) })
        guard let first = judged.first, !first.isRefused else {
            return refusal(": the host is shared, so it identifies no company", .badUserInput)
        }
        if !first.ownerIsVisible, try await !writer.link([first], to: id) {
            // Another transaction was faster.
            judged = try await writer.judge([given])
            guard judged.first?.ownerIsVisible == true else {
                return refusal(": others are changing it at the same time: try again", .conflict)
            }
        }
        if let taken = judged.first, taken.ownerIsVisible, let owner = taken.owner {
            if owner == id.lowercased() { return .action(true) }
            if taken.ownerState == "HIDDEN" {
                try await transaction.run(Query(OrganizationTable.show, [context.tenantParameter, .text(owner)]), context)
            }
            return .action(false, remark: writer.conflict([taken]))
        }
        // The domain it redirects to is the same company's, unless another organization has it.
        _ = try await writer.link(judged.dropFirst().filter { !$0.isRefused && !$0.ownerIsVisible }, to: id)
        try await transaction.run(
            [
                Query(OrganizationTable.fillWebsite, [context.tenantParameter, .text(id), .text(domain)]),
                Query(OrganizationTable.markChanged, [context.tenantParameter, .text(id)]),
            ], context)
        return .action(true)
    }
}

/// `organization_RemoveDomain` and `organization_RemoveDomains`: unlinks the domains.
final class RemoveOrganizationDomains: OutcomeMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let id = arguments.text("organizationId") ?? ""
        let texts = arguments.text("domain").map { [$0] } ?? arguments.values.texts("domains")
        let writer = OrganizationWriter(transaction: transaction, context: context, failure: "")
        guard try await writer.lock(id) != nil else {
            return .action(
                false,
                remark: FieldError("Failed to unlink domain \(texts.joined(separator: ", ")) from organization \(id)", code: .notFound))
        }
        // A domain may have been linked before its host was known as shared.
        let domains = texts.flatMap { text in
            [WebDomain.registrable(text), WebAddress(text)?.host.ascii].compactMap { $0 } + [text.trimmingBlanks.lowercased()]
        }
        try await transaction.run(
            Query(OrganizationTable.unlinkDomains, [context.tenantParameter, .text(id), .text(arrayText(domains))]), context)
        return .action(true)
    }
}

/// `organization_UnlinkAllDomains`: unlinks all domains.
final class UnlinkAllDomains: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let id = arguments.text("organizationId") ?? ""
        let writer = OrganizationWriter(transaction: transaction, context: context, failure: "")
        guard try await writer.lock(id) != nil else { throw FieldError("Failed to fetch organization \(id)", code: .notFound) }
        try await transaction.run(Query(OrganizationTable.unlinkDomains, [context.tenantParameter, .text(id), .null]), context)
        return id
    }
}
