internal import GraphQL
internal import Postgres
internal import Records

/// `checkDomain`: what is known about a domain, without outside look-ups, so nothing is claimed about websites.
enum DomainCheck: RecordKind {
    static let type = RecordType(
        "DomainCheckDetails", table: "organization_domain",
        fields: [
            .value("validSyntax", "t.domain <> ''", .boolean),
            .value("domain", "t.domain", .text),
            .constant("accessible", json: "false"),
            .constant("primary", json: "false"),
            .value("primaryDomain", "t.primary_domain", .text),
            .value(
                "allowedForOrganization",
                """
                t.domain <> '' AND NOT t.is_lent AND NOT EXISTS (SELECT FROM shared_host s WHERE s.pattern = ANY (t.patterns))
                """, .boolean),
            .value("domainOrganizationId", "owner.id", .identifier),
            .value("domainOrganizationName", "owner.name", .text),
            .value("primaryDomainOrganizationId", "primary_owner.id", .identifier),
            .value("primaryDomainOrganizationName", "primary_owner.name", .text),
        ])

    private struct Input: Decodable { let domain: String }

    /// What is looked up.
    private struct Given {
        let domain: String
        /// Whether its host lends subdomains.
        let isLent: Bool
        /// Its entries in the list of shared hosts.
        let patterns: [String]

        init(_ text: String) {
            let domain = WebDomain(text)
            self.domain = domain?.name ?? ""
            isLent = domain?.isLent == true
            patterns = domain?.sharedPatterns ?? []
        }
    }

    static let check = ReadField { field in
        guard let selection = field.selections.first else { return nil }
        let statement = Statement<Given, Void>(field.statementName) { p in
            """
            SELECT NULL\(type.selectList(selection.columns)) FROM (\
            SELECT d.domain, coalesce(r.primary_domain, d.domain) AS primary_domain, d.is_lent, d.patterns
            FROM (SELECT \(p.domain) AS domain, \(p.isLent) AS is_lent, \(p.patterns) AS patterns) d
            LEFT JOIN domain_redirect r ON r.domain = d.domain) t
            \(owner("owner", of: "domain", p.tenant)) \(owner("primary_owner", of: "primary_domain", p.tenant)) LIMIT 1
            """
        }
        return { call, wave in
            let input = try Input(from: InputDecoder(call.arguments.values))
            wave.read(statement.query(Given(input.domain), for: wave.issuer), for: call, isList: false) { result in
                FieldResult(first: result, selection)
            }
        }
    }

    /// The visible organization that has a domain.
    private static func owner(_ name: SQL, of column: SQL, _ tenant: SQL) -> SQL {
        """
        LEFT JOIN (organization_domain \(name)_domain JOIN organization \(name) ON \(name).tenant_id = \(name)_domain.tenant_id \
        AND \(name).id = \(name)_domain.organization_id AND \(name).state IN ('LIVE', 'HIDDEN')) \
        ON \(name)_domain.tenant_id = \(tenant) AND \(name)_domain.domain = t.\(column)
        """
    }
}
