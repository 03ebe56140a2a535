internal import Postgres
internal import Records

/// The reads and changes of tags.
enum Tags {
    static let feature = Feature([
        .type(Tag.self),
        .list("tags", Tag.self, order: "t.name, t.id"),
        .list("tags_ByEntityType", Tag.self, of: OfEntityType.self, order: "t.name, t.id") { p in
            "t.entity_type = \(bare: p.entityType)"
        },
        .change(CreateTag.self), .change(UpdateTag.self), .change(DeleteTag.self),
        .change(AddTag.self), .change(AddTagToOrganization.self), .change(AddTagToContact.self),
        .change(RemoveTag.self), .change(RemoveTagFromOrganization.self), .change(RemoveTagFromContact.self),
        .change(RemoveTags.self),
    ])

    private struct OfEntityType: Decodable { let entityType: EntityType }
}
