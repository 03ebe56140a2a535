internal import GraphQL
internal import Records

/// The reads of internet domains.
enum WebDomains {
    static let feature = Feature([
        .type(WebDomain.self), .type(DomainCheck.self), .query("checkDomain", .resolved(DomainCheck.check)),
    ])
}
