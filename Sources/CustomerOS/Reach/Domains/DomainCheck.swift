internal import GraphQL
internal import Postgres
internal import Records

/// `checkDomain`: what is known about a domain, without outside look-ups, so nothing is claimed about websites. `$2`
/// holds the domain, whether its host lends subdomains, and its entries in the list of shared hosts.
enum DomainCheck {
    static let lookup = Lookup(
        from: """
            (SELECT d.domain, coalesce(r.primary_domain, d.domain) AS primary_domain FROM (SELECT ($2::text[])[1] AS domain) d \
            LEFT JOIN domain_redirect r ON r.domain = d.domain) t \
            \(owner("owner", of: "domain")) \(owner("primary_owner", of: "primary_domain"))
            """,
        condition: "true", order: nil, argument: "domain",
        parameter: { text in
            let domain = WebDomain(text)
            return .text(arrayText([domain?.name ?? "", domain?.isLent == true ? "t" : "f"] + (domain?.sharedPatterns ?? [])))
        })

    /// The visible organization that has a domain.
    private static func owner(_ name: SQL, of column: SQL) -> SQL {
        """
        LEFT JOIN (organization_domain \(name)_domain JOIN organization \(name) ON \(name).tenant_id = \(name)_domain.tenant_id \
        AND \(name).id = \(name)_domain.organization_id AND \(name).state IN ('LIVE', 'HIDDEN')) \
        ON \(name)_domain.tenant_id = $1 AND \(name)_domain.domain = t.\(column)
        """
    }

    static let entity = Entity(
        "DomainCheckDetails", table: "organization_domain",
        fields: [
            .column("validSyntax", "t.domain <> ''", .boolean),
            .column("domain", "t.domain", .text),
            .constant("accessible", json: "false"),
            .constant("primary", json: "false"),
            .column("primaryDomain", "t.primary_domain", .text),
            .column(
                "allowedForOrganization",
                """
                t.domain <> '' AND ($2::text[])[2] = 'f' AND NOT EXISTS (SELECT FROM shared_host s WHERE s.pattern = ANY (($2::text[])[3:]))
                """, .boolean),
            .column("domainOrganizationId", "owner.id", .identifier),
            .column("domainOrganizationName", "owner.name", .text),
            .column("primaryDomainOrganizationId", "primary_owner.id", .identifier),
            .column("primaryDomainOrganizationName", "primary_owner.name", .text),
        ])
}
