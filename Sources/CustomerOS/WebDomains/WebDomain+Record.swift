internal import GraphQL
internal import Postgres
internal import Records

/// The domains of organizations.
extension WebDomain: RecordKind {
    static let type = RecordType(
        "Domain", table: "organization_domain",
        fields: [
            .value("domain", "t.domain", .text),
            .value("primary", "NOT EXISTS (SELECT FROM domain_redirect r WHERE r.domain = t.domain)", .boolean),
            .value(
                "primaryDomain", "coalesce((SELECT r.primary_domain FROM domain_redirect r WHERE r.domain = t.domain), t.domain)", .text),
        ])
}
