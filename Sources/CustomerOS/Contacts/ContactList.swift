internal import Postgres
internal import Records

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

    static let filterProperties: [FilterProperty] =
        [
            .text("PREFIX", "t.prefix"),
            .text("NAME", "t.name", .name),
            .text("FIRST_NAME", "t.first_name", .name),
            .text("LAST_NAME", "t.last_name", .name),
            .text("DESCRIPTION", "t.description"),
            .text("TIMEZONE", "t.timezone"),
            .text("PROFILE_PHOTO_URL", "t.profile_photo_url"),
            .text("USERNAME", "t.username"),
            .time("CREATED_AT", "t.created_at"),
            .time("UPDATED_AT", "t.updated_at"),
            .flag("HIDE", "(t.state = 'HIDDEN')"),
            .identifier("ID", "t.id"),
            .identifier("OWNER_ID", "t.owner_id"),
        ] + FilterProperty.addresses(of: "contact") + FilterProperty.tags(of: "contact") + FilterProperty.locations(of: "contact")
}
