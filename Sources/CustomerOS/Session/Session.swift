internal import GraphQL
internal import Records

/// What a session starts with.
enum Session {
    static let feature = Feature([
        .type(GlobalCache.self), .type(GCliItem.self), .type(GCliAttribute.self),
        // There are none: a mail service would provide them.
        .object("GlobalCacheEmailToken", ["email": .column("email", .text), "provider": .column("provider", .text)]),
        .query("global_Cache", .resolved(GlobalCache.field)),
        .query("version", .constant("1")),
    ])
}
