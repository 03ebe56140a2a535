internal import Records

/// The same records in other systems.
enum ExternalSystems {
    static let feature = Feature([.type(ExternalSystem.self)])
}
