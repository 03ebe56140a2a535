internal import Records

/// The changes of locations.
enum Locations {
    static let feature = Feature([
        .type(Location.self), .type(Country.self), .type(CountryState.self),
        .change(AddLocation<Contact>.self), .change(AddLocation<Organization>.self), .change(UpdateLocation.self),
        .change(RemoveLocation<Contact>.self), .change(RemoveLocation<Organization>.self), .change(RemoveContactLocation.self),
    ])
}
