internal import Postgres
internal import Records

/// How organizations are recognised. Visible ones come first, then the oldest.
enum OrganizationSearch {
    struct ByCode: Decodable { let customerOsId: String }

    static let byCode = Finder(Organization.self, by: { (input: ByCode) in nonEmpty(input.customerOsId) }) { p in
        "t.customer_os_id = \(bare: p.value)"
    }

    struct ByReference: Decodable { let customId: String }

    static let byReference = Finder(Organization.self, by: { (input: ByReference) in nonEmpty(input.customId) }) { p in
        "t.reference_id = \(bare: p.value) AND t.reference_id <> ''"
    } order: { _ in
        "t.created_at, t.id"
    }

    static let byLinkedIn = Finder.byLinkedIn(
        Organization.self, path: "company", order: "t.state = 'HIDDEN', t.created_at, t.id", profile: SocialURL.company)

    private static func nonEmpty(_ text: String) -> String? { text.isEmpty ? nil : text }
}
