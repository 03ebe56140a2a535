internal import Postgres

/// What lists of contacts can be sorted and filtered by. The table is `t`.
enum ContactList {
    static let sortKeys = [
        SortKey("PREFIX", "t.prefix", ignoresCase: true),
        SortKey("NAME", "t.name", ignoresCase: true, isIndexed: true),
        SortKey("FIRST_NAME", "t.first_name", ignoresCase: true, isIndexed: true),
        SortKey("LAST_NAME", "t.last_name", ignoresCase: true, isIndexed: true),
        SortKey("DESCRIPTION", "t.description", ignoresCase: true),
        SortKey("TIMEZONE", "t.timezone", ignoresCase: true),
        SortKey("PROFILE_PHOTO_URL", "t.profile_photo_url", ignoresCase: true),
        SortKey("USERNAME", "t.username", ignoresCase: true),
        SortKey("CREATED_AT", "t.created_at", isIndexed: true),
        SortKey("UPDATED_AT", "t.updated_at", isIndexed: true),
        SortKey("HIDE", "t.state = 'HIDDEN'"),
    ]

    static let filterProperties: [FilterProperty] = [
        .text("PREFIX", "t.prefix"),
        .text("NAME", "t.name"),
        .text("FIRST_NAME", "t.first_name"),
        .text("LAST_NAME", "t.last_name"),
        .text("DESCRIPTION", "t.description"),
        .text("TIMEZONE", "t.timezone"),
        .text("PROFILE_PHOTO_URL", "t.profile_photo_url"),
        .text("USERNAME", "t.username"),
        .time("CREATED_AT", "t.created_at"),
        .time("UPDATED_AT", "t.updated_at"),
        .flag("HIDE", "(t.state = 'HIDDEN')"),
        .identifier("ID", "t.id"),
        .identifier("OWNER_ID", "t.owner_id"),
        .text("EMAIL", "coalesce(nullif(e.email, ''), e.raw_email)", related: emails),
        .text("RAW_EMAIL", "e.raw_email", related: emails),
        .text(
            "TAG", "g.name",
            related: """
                FROM contact_tag l JOIN tag g ON g.tenant_id = l.tenant_id AND g.id = l.tag_id \
                WHERE l.tenant_id = t.tenant_id AND l.contact_id = t.id
                """),
        .text("COUNTRY", "p.country", related: locations),
        .text("COUNTRY_CODE_A2", "p.country_code_a2", related: locations),
        .text("COUNTRY_CODE_A3", "p.country_code_a3", related: locations),
        .text("REGION", "p.region", related: locations),
        .text("LOCALITY", "p.locality", related: locations),
    ]

    private static let emails: SQL = """
        FROM contact_email l JOIN email e ON e.tenant_id = l.tenant_id AND e.id = l.email_id \
        WHERE l.tenant_id = t.tenant_id AND l.contact_id = t.id
        """

    private static let locations: SQL = """
        FROM contact_location l JOIN location p ON p.tenant_id = l.tenant_id AND p.id = l.location_id \
        WHERE l.tenant_id = t.tenant_id AND l.contact_id = t.id
        """
}
