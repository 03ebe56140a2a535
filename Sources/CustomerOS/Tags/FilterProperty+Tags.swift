internal import Postgres
internal import Records

extension FilterProperty {
    /// By the tags of an owner: `contact` or `organization`, as in the link table's name.
    static func tags(of owner: SQL) -> [FilterProperty] {
        [.text("TAG", "g.name", .name).of(Related(linked: "tag", as: "g", to: owner))]
    }
}
