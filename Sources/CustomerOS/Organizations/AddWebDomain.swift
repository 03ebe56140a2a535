internal import GraphQL
internal import Postgres
internal import Records

/// `organization_AddDomain`: links a domain, given as such or as a website's URL, unless another organization has it.
struct AddWebDomain: Change {
    static let fields = ["organization_AddDomain"]

    struct Input: Decodable {
        let organizationId: ID<Organization>
        let domain: String
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        let id = input.organizationId
        let failure = "Failed to link domain \(input.domain) with organization \(id)"
        let refusal = { (reason: String, code: ErrorCode) in Outcome.refused(FieldError(failure + reason, code: code)) }
        guard let given = WebDomain(input.domain) else { return refusal(": it is not a domain", .badUserInput) }
        guard !id.isNobody, try await !change.run(Organization.lock, id).isEmpty else { return refusal("", .notFound) }
        let links = WebDomainLinks(change, failure: failure)
        let target = try await change.run(WebDomainStatements.redirect, given.name).first
        var judged = try await links.judge(
            [given] + [target].compactMap { $0 }.filter { $0 != given.name }.compactMap { WebDomain($0) })
        guard let first = judged.first, !first.isRefused else {
            return refusal(": the host is shared, so it identifies no company", .badUserInput)
        }
        if !first.ownerIsVisible, try await !links.link([first], to: id) {
            // Another transaction was faster.
            judged = try await links.judge([given])
            guard judged.first?.ownerIsVisible == true else {
                return refusal(": others are changing it at the same time: try again", .conflict)
            }
        }
        if let taken = judged.first, taken.ownerIsVisible, let owner = taken.owner {
            if owner == id { return .done }
            if taken.ownerState == "HIDDEN" { try await change.run(OrganizationStatements.show, owner) }
            return .refused(links.conflict([taken]))
        }
        // The domain it redirects to is the same company's, unless another organization has it.
        _ = try await links.link(judged.dropFirst().filter { !$0.isRefused && !$0.ownerIsVisible }, to: id)
        try await change.run(
            OrganizationStatements.fillWebsite.with((id, given.name)), OrganizationStatements.markChanged.with(id))
        return .done
    }
}
