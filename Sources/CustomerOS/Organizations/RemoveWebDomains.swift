internal import GraphQL
internal import Postgres
internal import Records

/// `organization_RemoveDomain`: unlinks a domain.
struct RemoveWebDomain: Change {
    static let fields = ["organization_RemoveDomain"]

    struct Input: Decodable {
        let domain: String
        let organizationId: ID<Organization>
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        try await RemoveWebDomains.remove([input.domain], from: input.organizationId, change)
    }
}

/// `organization_RemoveDomains`: unlinks the domains.
struct RemoveWebDomains: Change {
    static let fields = ["organization_RemoveDomains"]

    struct Input: Decodable {
        let domains: [String]?
        let organizationId: ID<Organization>
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        try await Self.remove(input.domains ?? [], from: input.organizationId, change)
    }

    fileprivate static func remove(
        _ texts: [String], from id: ID<Organization>, _ change: Changing
    ) async throws -> Outcome {
        guard !id.isNobody, try await !change.run(Organization.lock, id).isEmpty else {
            let names = texts.joined(separator: ", ")
            return .refused(FieldError("Failed to unlink domain \(names) from organization \(id)", code: .notFound))
        }
        // A domain may have been linked before its host was known as shared.
        let domains = texts.flatMap { text in
            [WebDomain.registrable(text), WebAddress(text)?.host.ascii, text.trimmingBlanks.lowercased()].compactMap {
                $0
            }
        }
        try await change.run(WebDomainStatements.unlink, (id, domains))
        return .done
    }
}

/// `organization_UnlinkAllDomains`: unlinks all domains.
struct RemoveAllWebDomains: Change {
    static let fields = ["organization_UnlinkAllDomains"]

    struct Input: Decodable { let organizationId: ID<Organization> }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Organization> {
        let id = input.organizationId
        guard !id.isNobody, try await !change.run(Organization.lock, id).isEmpty else {
            throw FieldError("Failed to fetch organization \(id)", code: .notFound)
        }
        try await change.run(WebDomainStatements.unlink, (id, nil))
        return Written(id)
    }
}
