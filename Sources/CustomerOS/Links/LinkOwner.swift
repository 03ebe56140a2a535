internal import Postgres
internal import Records

/// A kind of record that has addresses, locations or profiles. What changes its links is written once for all kinds.
protocol LinkOwner: RecordKind {
    /// What messages call one, and the prefix of its link tables: `contact`, as in `contact_email`.
    static var word: SQL { get }

    /// Keeps others from changing its links until the change is done, so that there is only one primary.
    /// - Returns: Whether there is such a record.
    /// - Throws: `FieldError` if the caller may not change it.
    static func lockLinks(of id: ID<Self>, _ change: Changing) async throws -> Bool
}

extension LinkOwner {
    /// The argument with its id.
    static var argument: String { "\(word.text)Id" }
    /// Its column in the link tables.
    static var key: SQL { "\(word)_id" }
}
