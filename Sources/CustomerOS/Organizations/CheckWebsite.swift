internal import GraphQL
internal import Postgres
internal import Records

/// `organization_CheckWebsite`: what can be told about a website without visiting it.
enum CheckWebsite {
    static let parts: [Feature.Part] = [
        .object(
            "WebsiteCheckDetails",
            [
                "accepted": .column("accepted", .boolean),
                "primary": .column("primary", .boolean),
                "website": .column("website", .text),
                "domain": .column("domain", .text),
                "primaryDomain": .column("primaryDomain", .text),
                // There is no global directory of companies: its columns are always null.
                "globalOrganization": .embedded(presence: "global_id"),
            ]),
        .object(
            "GlobalOrganization",
            [
                "id": .column("global_id", .int64),
                "organizationId": .column("global_organization_id", .identifier),
                "name": .column("global_name", .text),
                "website": .column("global_website", .text),
                "domains": .column("global_domains", .array(.text)),
                "primaryDomain": .column("global_primary_domain", .text),
                "logoUrl": .column("global_logo_url", .text),
                "iconUrl": .column("global_icon_url", .text),
            ]),
        .made("organization_CheckWebsite", of: Input.self, from: look, by: { candidate($0) }) { input, found in
            guard let domain = candidate(input)?.domain, let found = found.first, !found.isShared else {
                return [
                    "accepted": false, "primary": false, "domain": "", "primaryDomain": "", "website": input.website,
                ]
            }
            // Only a look-up on the internet could tell whether a domain is its owner's primary one.
            return [
                "accepted": true, "primary": false, "domain": domain, "primaryDomain": found.target ?? domain,
                "website": found.target ?? input.website,
            ]
        },
    ]

    private struct Input: Decodable { let website: String }

    private struct Candidate {
        let domain: String
        /// Its entries in the list of shared hosts.
        let patterns: [String]
    }

    /// Whether it identifies no company, and where it is known to redirect.
    private struct Found {
        let isShared: Bool
        let target: String?
    }

    private static let look = Statement<Candidate, Found>(
        "Query.organization_CheckWebsite", isShared: true, row: Found.init
    ) { p in
        let (domain, patterns) = (p.domain, p.patterns)
        return """
            SELECT EXISTS (SELECT FROM shared_host WHERE pattern = ANY (\(patterns))),
            (SELECT primary_domain FROM domain_redirect WHERE domain = \(bare: domain))
            """
    }

    private static func candidate(_ input: Input) -> Candidate? {
        guard let domain = WebDomain(input.website), !domain.isLent else { return nil }
        return Candidate(domain: domain.name, patterns: domain.sharedPatterns)
    }
}
