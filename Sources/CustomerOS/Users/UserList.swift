internal import Postgres
internal import Records

/// What lists of users can be sorted and filtered by. The table is `t`.
enum UserList {
    static let fullName: SQL = "coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name))"

    static let sortKeys = [
        SortKey("FIRST_NAME", "t.first_name", ignoresCase: true),
        SortKey("LAST_NAME", "t.last_name", ignoresCase: true),
        SortKey("NAME", fullName, ignoresCase: true),
        SortKey("CREATED_AT", "t.created_at", isIndexed: true),
        SortKey("UPDATED_AT", "t.updated_at"),
        SortKey("SOURCE", "t.source"),
        SortKey("APP_SOURCE", "t.app_source"),
        SortKey("ROLES", "t.roles"),
        SortKey("TIMEZONE", "t.timezone", ignoresCase: true),
        SortKey("PROFILE_PHOTO_URL", "t.profile_photo_url", ignoresCase: true),
    ]

    static let filterProperties: [FilterProperty] =
        [
            .text("FIRST_NAME", "t.first_name", .name),
            .text("LAST_NAME", "t.last_name", .name),
            .text("NAME", fullName, .name),
            .time("CREATED_AT", "t.created_at"),
            .time("UPDATED_AT", "t.updated_at"),
            .text("SOURCE", "t.source"),
            .text("APP_SOURCE", "t.app_source"),
            .enumeration("ROLES", "r.role", ["USER", "OWNER", "ADMIN", "PLATFORM_OWNER", "IMPERSONATED"])
                .of(elements: "unnest(t.roles) r (role)"),
            .text("TIMEZONE", "t.timezone"),
            .text("PROFILE_PHOTO_URL", "t.profile_photo_url"),
            .identifier("ID", "t.id"),
        ] + FilterProperty.addresses(of: "user")
}
