internal import Records

/// The arguments of a field about a record's links: its id, in an argument called after its kind, and others.
@dynamicMemberLookup
struct OfOwner<Owner: LinkOwner, Others: Decodable & SendableMetatype>: Decodable {
    let owner: ID<Owner>
    private let others: Others

    private struct Name: CodingKey {
        let stringValue = Owner.argument
        var intValue: Int? { nil }

        init() {}
        init?(stringValue: String) { nil }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Name.self)
        others = try Others(from: decoder)
        owner = try members.decode(ID<Owner>.self, forKey: Name())
    }

    subscript<Value>(dynamicMember path: KeyPath<Others, Value>) -> Value { others[keyPath: path] }
}
