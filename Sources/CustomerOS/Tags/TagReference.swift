internal import Records

/// A tag by its id, or otherwise by its name.
struct TagReference: Decodable {
    var id: ID<Tag>?
    var name: String?
    /// The kind of record a new tag is for.
    var entityType: EntityType?
}
