internal import GraphQL
internal import Postgres

/// `organization_CheckWebsite`: what can be told about a website without visiting it.
final class CheckWebsite: BatchResolver, @unchecked Sendable {
    /// `$1` is the domain, `$2` the website's entries in the list of shared hosts. Returns whether it identifies no
    /// company, and where the domain is known to redirect.
    private static let statement = StatementText(
        "Query.organization_CheckWebsite",
        """
        SELECT EXISTS (SELECT FROM shared_host WHERE pattern = ANY ($2::text[])), \
        (SELECT primary_domain FROM domain_redirect WHERE domain = $1)
        """)

    /// The answer for a website that identifies no company.
    private static let nothing = ["accepted": "f", "primary": "f", "domain": "", "primaryDomain": "", "website": ""]

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let selection = call.field.selections.first, case .string(let website)? = call.arguments["website"] else { return }
        let answer = { (values: [String: String]) in
            let texts = selection.columns.map { values[$0] ?? Self.nothing[$0] }
            return FieldResult(
                parts: [FieldResult.Part(type: selection.type, rows: RowBatch(texts: [texts]))], items: [FieldResult.Item(row: 0)])
        }
        guard let given = WebDomain(website), !given.isLent else {
            call.result = answer(["website": website])
            return
        }
        let domain = given.name
        wave.add(
            Query(Self.statement, [.text(domain), .text(arrayText(given.sharedPatterns))]), for: call, isList: false
        ) { result in
            guard result.text(0, 0) == "f" else { return answer(["website": website]) }
            let target = result.text(0, 1)
            // Only a look-up on the internet could tell whether a domain is its owner's primary one.
            return answer([
                "accepted": "t", "domain": domain, "primaryDomain": target ?? domain, "website": target ?? website,
            ])
        }
    }
}
