internal import Records

extension ID {
    /// An id that no record has yet.
    static func new() -> ID { ID(Identifiers.uuid()) }
}
