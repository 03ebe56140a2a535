internal import Postgres
internal import Records

/// How a record is reached: e-mail addresses and phone numbers. Each is one row per tenant, shared by its owners.
protocol Address: Record {
    /// What a text is compared by.
    associatedtype Name: Sendable

    /// Reads a text that need not be valid.
    static func name(_ text: String) -> Name

    /// Whether the row `e` has the name.
    static func match<Owner>(_ p: Parameters<NamedAddress<Owner, Self>>) -> SQL

    /// Waits for transactions that write events of these addresses, and blocks later ones: a concurrent event and link
    /// would not see each other.
    static var lock: Statement<[ID<Self>], Void> { get }

    /// The addresses of a kind of owner, with their links.
    /// - Parameter owner: As in the name of the link table.
    static func relation(of owner: SQL) -> Relation

    /// Adds addresses to those whose timelines are refreshed.
    static func add(_ ids: [ID<Self>], to timelines: inout AddressTimelines)
}

/// The address of an owner with a name.
struct NamedAddress<Owner, Kind: Address> {
    let owner: ID<Owner>
    let name: Kind.Name
}
