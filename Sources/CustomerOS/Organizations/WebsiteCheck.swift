internal import GraphQL
internal import Postgres
internal import Records

/// What can be told about a website without visiting it.
struct WebsiteCheck: Report {
    let website: String
    /// The domain that identifies its company, if it does.
    var domain: String?
    /// Where the domain is known to redirect.
    var target: String?

    static let type = ReportType<WebsiteCheck>(
        "WebsiteCheckDetails",
        [
            .value("accepted") { $0.domain != nil },
            // Only a look-up on the internet could tell whether a domain is its owner's primary one.
            .constant("primary", json: "false"),
            .value("website") { $0.target ?? $0.website },
            .value("domain") { $0.domain ?? "" },
            .value("primaryDomain") { $0.target ?? $0.domain ?? "" },
            // There is no global directory of companies.
            .object("globalOrganization") { _ in GlobalOrganization?.none },
        ])

    static let read = Feature.Part.computed("organization_CheckWebsite", WebsiteCheck.self, of: Input.self) { input, _ in
        guard let domain = WebDomain(input.website), !domain.isLent else { return .now(WebsiteCheck(website: input.website)) }
        return .reading(look.with((domain: domain.name, patterns: domain.sharedPatterns))) { found in
            guard let found = found.first, !found.isShared else { return WebsiteCheck(website: input.website) }
            return WebsiteCheck(website: input.website, domain: domain.name, target: found.target)
        }
    }

    private struct Input: Decodable { let website: String }

    private struct Found {
        /// Whether the website identifies no company.
        let isShared: Bool
        let target: String?
    }

    /// `patterns` are its entries in the list of shared hosts.
    private static let look = Statement<(domain: String, patterns: [String]), Found>(
        "Query.organization_CheckWebsite", isShared: true, row: Found.init
    ) { p in
        let (domain, patterns) = (p.domain, p.patterns)
        return """
            SELECT EXISTS (SELECT FROM shared_host WHERE pattern = ANY (\(patterns))),
            (SELECT primary_domain FROM domain_redirect WHERE domain = \(bare: domain))
            """
    }
}

/// A company in a directory of all companies.
private struct GlobalOrganization: Report {
    let id: Int64
    let organization: ID<Organization>?
    let name: String
    let website: String
    let domains: [String]
    let primaryDomain: String
    let logoURL: String
    let iconURL: String

    static let type = ReportType<GlobalOrganization>(
        "GlobalOrganization",
        [
            .value("id", \.id), .value("organizationId", \.organization), .value("name", \.name), .value("website", \.website),
            .value("domains", \.domains), .value("primaryDomain", \.primaryDomain), .value("logoUrl", \.logoURL),
            .value("iconUrl", \.iconURL),
        ])
}
